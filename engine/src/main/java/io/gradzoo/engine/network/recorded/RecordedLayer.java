package io.gradzoo.engine.network.recorded;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.tensor.Tensor;

/**
 * One affine layer of {@link RecordedLayers}, u = W a + b. Each sample has a copy of a
 * convolution's parameters, whose gradient is that sample's.
 *
 * @param inputs a: dense [samples, in]; a convolution's maps [samples · in, positions before]
 * @param weights W: dense [out, in]; a convolution's copies [samples · out, fan-in]
 * @param biases b: dense [1, out]; a convolution's copies [samples · out, 1]
 * @param outputs u: dense [samples, out]; a convolution's maps [samples · out, positions]
 */
public record RecordedLayer(
    AffineLayer layer, Tensor inputs, Tensor weights, Tensor biases, Tensor outputs) {}
