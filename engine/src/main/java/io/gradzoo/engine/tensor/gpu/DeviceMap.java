package io.gradzoo.engine.tensor.gpu;

/**
 * Where the numbers of an affine map lie: {@code x ↦ W x + factor · b}.
 *
 * @param weight W, [out, in]
 * @param stride distance between rows of W
 * @param bias b, [out]; 0 for none
 * @param weightGradient of W, added to, with the same stride
 * @param biasGradient of b, added to; 0 for none
 */
record DeviceMap(
    int out,
    int in,
    long weight,
    int stride,
    long bias,
    float factor,
    long weightGradient,
    long biasGradient) {}
