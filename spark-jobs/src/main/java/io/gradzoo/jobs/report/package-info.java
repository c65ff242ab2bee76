/** The report of a run: one HTML file with its figures inside, that opens from disk. No Spark. */
package io.gradzoo.jobs.report;
