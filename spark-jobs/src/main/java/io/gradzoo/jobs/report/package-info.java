/**
 * The report: one self-contained HTML file with its figures.
 *
 * <p>Shows what tables and run directories hold, and computes no result of its own. Never fetches a
 * script, a font or an image.
 *
 * <p>Read {@link ReportJob}, then {@link Report}, then {@link HtmlReport}.
 */
package io.gradzoo.jobs.report;
