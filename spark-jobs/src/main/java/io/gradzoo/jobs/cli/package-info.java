/**
 * The command line: one main class, one class a command, errors of at most three lines.
 *
 * <p>Reads arguments, starts a session and a job, and says what came of it. Computes nothing, and
 * nothing depends on it.
 *
 * <p>Read {@link Main}, then {@link GradzooCommand}, then {@link SparkCommand}.
 */
package io.gradzoo.jobs.cli;
