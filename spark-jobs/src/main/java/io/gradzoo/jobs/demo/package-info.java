/**
 * The demo: the whole pipeline in one job, from images to the report.
 *
 * <p>Only calls the jobs of other packages, in order, and skips finished steps.
 *
 * <p>Read {@link DemoJob}.
 */
package io.gradzoo.jobs.demo;
