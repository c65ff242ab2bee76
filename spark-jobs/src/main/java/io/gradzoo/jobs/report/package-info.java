/**
 * The report of a run: one HTML file with its figures inside, that opens from disk.
 *
 * <p>Lays out what tables and run directories say, and computes no result of its own. Never fetches
 * a script, a font or an image.
 *
 * <p>Read {@link ReportJob}, then {@link Report}, then {@link HtmlReport}.
 */
package io.gradzoo.jobs.report;
