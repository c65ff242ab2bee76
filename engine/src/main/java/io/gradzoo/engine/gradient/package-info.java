/**
 * Exact per-sample gradients of dense and convolutional networks, and what is computed from them:
 * factors, moments, Fisher diagonals, low-rank forms, and input features of metanetworks.
 *
 * <p>Uses kernels and target networks. Knows no metanetwork and no table; labels and points that
 * are drawn are functions of the seed they are given.
 *
 * <p>Read {@link GradientExtraction}, then {@link GradientSet}, then {@link LayerGradients}.
 */
package io.gradzoo.engine.gradient;
