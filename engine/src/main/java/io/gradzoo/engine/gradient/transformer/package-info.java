/**
 * Exact gradients of transformers on every sequence of a probe set: factors of each token for
 * affine maps, LayerNorms and embeddings.
 *
 * <p>Uses the transformers of {@code engine.network.transformer}. Has no dense or convolution
 * layers of its own; those are in {@code engine.gradient}.
 *
 * <p>Read {@link TransformerGradientExtraction}, then {@link TransformerGradientSet}, then {@link
 * TokenGradients}.
 */
package io.gradzoo.engine.gradient.transformer;
