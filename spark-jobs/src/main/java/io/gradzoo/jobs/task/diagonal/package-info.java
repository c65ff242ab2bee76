/**
 * The task of predicting Fisher diagonals.
 *
 * <p>Nobody but the registry and the task of their traces knows it.
 *
 * <p>Read {@link FisherDiagonalTask}, then {@link FisherDiagonal}, then {@link DiagonalBaselines}.
 */
package io.gradzoo.jobs.task.diagonal;
