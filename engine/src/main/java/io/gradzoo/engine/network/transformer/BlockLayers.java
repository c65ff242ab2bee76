package io.gradzoo.engine.network.transformer;

import io.gradzoo.engine.network.transformer.TransformerLayer.LinearMap;
import io.gradzoo.engine.network.transformer.TransformerLayer.Normalization;

/**
 * The stages of one pre-LayerNorm block: {@code x += output(attention(query, key, value of
 * norm1(x)))}, then {@code x += down(σ(up(norm2(x))))}.
 */
public record BlockLayers(
    Normalization norm1,
    LinearMap query,
    LinearMap key,
    LinearMap value,
    LinearMap output,
    Normalization norm2,
    LinearMap up,
    LinearMap down) {}
