/** The command line: one main class, one class a command, errors of at most three lines. */
package io.gradzoo.jobs.cli;
