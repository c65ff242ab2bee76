package io.gradzoo.engine.network.transformer;

import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.network.transformer.TransformerLayer.LinearMap;

/** An affine map on the tokens of a sequence, which keeps its inputs and its output signals. */
final class LinearStage {
  private final Kernels kernels;
  private final LinearMap map;
  private final int in;
  private final int out;
  private final float[] transposed;
  private final float[] signals;
  private final float[] scaled;
  private float[] parameters;
  private float[] inputs;

  LinearStage(Kernels kernels, LinearMap map, int positions) {
    this.kernels = kernels;
    this.map = map;
    this.in = map.in().width();
    this.out = map.out().width();
    this.transposed = new float[in * out];
    this.signals = new float[positions * out];
    this.scaled = new float[positions * out];
  }

  LinearMap map() {
    return map;
  }

  /**
   * @param flat the network's parameters, read until the next load
   */
  void load(float[] flat) {
    parameters = flat;
    kernels.transpose(out, in, flat, map.offset(), in, transposed, 0, out);
  }

  /** x [tokens, in], read again when factors are taken; y [tokens, out] is set. */
  void forward(int tokens, float[] x, float[] y) {
    inputs = x;
    kernels.affine(
        tokens, out, in, x, 0, in, transposed, 0, out, parameters, map.biasOffset(), y, 0, out);
  }

  /** dx [tokens, in] += dy [tokens, out] · W. */
  void backward(int tokens, float[] dy, float[] dx) {
    System.arraycopy(dy, 0, signals, 0, tokens * out);
    kernels.multiplyAdd(tokens, in, out, signals, 0, out, parameters, map.offset(), in, dx, 0, in);
  }

  /** x of the last pass, [tokens, in]. */
  float[] inputs() {
    return inputs;
  }

  /** dy of the last pass, [tokens, out]. */
  float[] signals() {
    return signals;
  }

  /** Adds the gradient, times a factor, to a flat gradient. */
  void addGradient(int tokens, float factor, float[] flat) {
    kernels.scale(factor, signals, 0, scaled, 0, tokens * out);
    kernels.transposedMultiplyAdd(
        out, in, tokens, scaled, 0, out, inputs, 0, in, flat, map.offset(), in);
    kernels.addColumnSums(tokens, out, scaled, 0, flat, map.biasOffset());
  }
}
