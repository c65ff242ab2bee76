/**
 * The report: one self-contained HTML file with its figures, which Apache ECharts draws where it is
 * read.
 *
 * <p>Shows what tables and run directories hold, and computes no result of its own. Never fetches a
 * script, a font or an image, and evaluates no text.
 *
 * <p>Read {@link ReportJob}, then {@link Report}, then {@link HtmlReport}; of charts {@link
 * ScatterPlot}, then {@link Chart} and {@link ChartRuntime}.
 */
package io.gradzoo.jobs.report;
