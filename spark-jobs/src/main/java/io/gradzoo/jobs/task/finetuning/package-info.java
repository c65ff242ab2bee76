/**
 * The task of fine-tuning: a change of a network's weights after which it does better.
 *
 * <p>Nobody but the registry knows it.
 *
 * <p>Read {@link FineTuningTask}, then {@link FineTuningBaselines}.
 */
package io.gradzoo.jobs.task.finetuning;
