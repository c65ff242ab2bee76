/**
 * Sample reweighting: Fisher diagonals as weighted means of squared gradients, with weights found
 * by least squares.
 *
 * <p>Works in double precision on features of gradient sets, without a tape. Weights are fitted on
 * some networks and used on others.
 *
 * <p>Read {@link SampleReweighting}, then {@link InputBasis}, then {@link SquaredGradients}.
 */
package io.gradzoo.engine.metanet.curvature;
