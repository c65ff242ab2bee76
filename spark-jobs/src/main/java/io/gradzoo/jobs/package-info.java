/**
 * What all jobs share: the interface of a job, its context, its progress, and its errors.
 *
 * <p>Knows the config and the tables. Never a particular job, and never the command line: a
 * notebook can call every job.
 *
 * <p>Read {@link Job}, then {@link JobContext}, then {@link GradzooException}.
 */
package io.gradzoo.jobs;
