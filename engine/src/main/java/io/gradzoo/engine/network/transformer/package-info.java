/**
 * Small transformers as target networks, one sequence at a time, and how they read images.
 *
 * <p>Uses {@code engine.network} for what all families share, and never the stages that dense and
 * convolutional networks are made of.
 *
 * <p>Read {@link TransformerArchitecture}, then {@link TransformerNetwork}, then {@link Space}.
 */
package io.gradzoo.engine.network.transformer;
