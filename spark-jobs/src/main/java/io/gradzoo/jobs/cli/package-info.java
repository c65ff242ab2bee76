/**
 * The command line: one main class, one class a command, errors of at most three lines.
 *
 * <p>Parses arguments, opens a session, makes a call of the facade and prints its result. Knows no
 * job, and nothing depends on it.
 *
 * <p>Read {@link Main}, then {@link GradzooCommand}, then {@link SparkCommand}.
 */
package io.gradzoo.jobs.cli;
