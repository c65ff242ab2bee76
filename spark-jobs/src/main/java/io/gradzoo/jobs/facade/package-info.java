/**
 * Everything the command line does, as calls for notebooks and programs, on a session of the
 * caller's.
 *
 * <p>Reads the config, opens the tables and runs a job; what a step does is the job's alone. Never
 * starts or stops a session, and prints nothing.
 *
 * <p>Read {@link Gradzoo}, then {@link ZooSteps} and {@link RunSteps}, then {@link StepResult}.
 */
package io.gradzoo.jobs.facade;
