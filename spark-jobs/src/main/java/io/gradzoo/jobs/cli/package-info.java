/**
 * The command line: one main class, one class a command, errors of at most three lines.
 *
 * <p>Parses arguments, starts a session, runs a job and prints its result. Computes nothing, and
 * nothing depends on it.
 *
 * <p>Read {@link Main}, then {@link GradzooCommand}, then {@link SparkCommand}.
 */
package io.gradzoo.jobs.cli;
