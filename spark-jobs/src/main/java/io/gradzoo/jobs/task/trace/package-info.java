/**
 * The task of predicting Fisher traces.
 *
 * <p>Nobody but the registry knows it.
 *
 * <p>Read {@link FisherTraceTask}, then {@link TraceBaselines}.
 */
package io.gradzoo.jobs.task.trace;
