/**
 * The task of predicting test accuracies.
 *
 * <p>Nobody but the registry knows it.
 *
 * <p>Read {@link AccuracyTask}, then {@link AccuracyBaselines}.
 */
package io.gradzoo.jobs.task.accuracy;
