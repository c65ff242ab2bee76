/**
 * What sections of a report are made of: tables and charts as values.
 *
 * <p>Says what is shown, never how it looks; that is the report's alone.
 *
 * <p>Read {@link ReportBlock}.
 */
package io.gradzoo.jobs.report.block;
