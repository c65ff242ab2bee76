/**
 * Gradient boosting of regression trees: the baseline that a good engineer tries first on a table
 * of features.
 *
 * <p>Exact splits in double precision, the same bits for equal arguments; no randomness but that of
 * the seed. Never sees a network: what it reads are numbers.
 *
 * <p>Read {@link GradientBoosting}, then {@link RegressionTree}.
 */
package io.gradzoo.engine.boosting;
