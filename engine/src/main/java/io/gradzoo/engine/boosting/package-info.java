/**
 * Gradient boosting of regression trees: the standard baseline on tables of features.
 *
 * <p>Exact splits in double precision, the same bits for equal arguments; no randomness but that of
 * the seed. It reads numbers and never sees a network.
 *
 * <p>Read {@link GradientBoosting}, then {@link RegressionTree}.
 */
package io.gradzoo.engine.boosting;
