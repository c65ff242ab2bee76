/**
 * The task of predicting a class of every member: the label that a zoo has for it.
 *
 * <p>Nobody but the registry knows it.
 *
 * <p>Read {@link ClassificationTask}, then {@link SoftmaxLoss}, then {@link
 * ClassificationBaselines}.
 */
package io.gradzoo.jobs.task.classification;
