/**
 * What all jobs share: a step of the way the data goes, what it works with, its progress, and how
 * it fails.
 *
 * <p>Knows the config and the tables. Never a particular job, and never the command line: every job
 * is a call that a notebook can make.
 *
 * <p>Read {@link Job}, then {@link JobResult}, then {@link JobContext}, then {@link
 * GradzooException}.
 */
package io.gradzoo.jobs;
