package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.tensor.AttentionParameters;
import io.gradzoo.engine.tensor.Parameters;
import java.util.Arrays;

/**
 * The maps of attention, composed: a logit ⟨M_K x_j, M_Q x_i⟩ / √in is {@code x_jᵀ W x_i} with
 * {@code W = M_Kᵀ M_Q / √in}, and a head's share of the output is {@code Cᵀ} times the weighted
 * mean of inputs, with {@code C = (M_O M_V)ᵀ}. So keys and values are the inputs themselves, the
 * same ones for all heads. W and C are computed once after every change of the parameters, and
 * their gradients are carried to the parameters once per backward sweep.
 */
final class AttentionMaps {
  private final Kernels kernels;
  private final Parameters parameters;
  private final AttentionParameters of;
  private final int in;
  private final int out;
  private final float scale;
  private final float[] logits;
  private final float[] logitGradients;
  private final float[] outputs;
  private final float[] outputGradients;
  private final float[] transposed;
  private final float[] otherTransposed;
  private int version = -1;

  AttentionMaps(Kernels kernels, Parameters parameters, AttentionParameters of) {
    this.kernels = kernels;
    this.parameters = parameters;
    this.of = of;
    this.in = of.in();
    this.out = of.out();
    this.scale = (float) (1 / Math.sqrt(in));
    this.logits = new float[of.heads() * in * in];
    this.logitGradients = new float[logits.length];
    this.outputs = new float[of.heads() * in * out];
    this.outputGradients = new float[outputs.length];
    this.transposed = new float[in * Math.max(in, out)];
    this.otherTransposed = new float[in * in];
  }

  /** W, [heads, in, in]. */
  float[] logits() {
    return logits;
  }

  /** To be added to: the gradient of W. */
  float[] logitGradients() {
    return logitGradients;
  }

  /** C, [heads, in, out]. */
  float[] outputs() {
    return outputs;
  }

  /** To be added to: the gradient of C. */
  float[] outputGradients() {
    return outputGradients;
  }

  /** Brings W and C up to date. */
  void refresh() {
    if (version == parameters.version()) {
      return;
    }
    version = parameters.version();
    float[] p = parameters.values();
    Arrays.fill(logits, 0f);
    Arrays.fill(outputs, 0f);
    for (int h = 0; h < of.heads(); h++) {
      int square = h * in * in;
      int q = of.query().offset() + square;
      int k = of.key().offset() + square;
      int v = of.value().offset() + square;
      kernels.transposedMultiplyAdd(in, in, in, p, k, in, p, q, in, logits, square, in);
      transposeOutput(h);
      kernels.transposedMultiplyAdd(
          in, out, in, p, v, in, transposed, 0, out, outputs, h * in * out, out);
    }
    kernels.scale(scale, logits, 0, logits, 0, logits.length);
  }

  /** Carries the gradients of W and C on to the parameters, and clears them. */
  void carry() {
    float[] p = parameters.values();
    float[] dp = parameters.gradients();
    kernels.scale(scale, logitGradients, 0, logitGradients, 0, logitGradients.length);
    for (int h = 0; h < of.heads(); h++) {
      int square = h * in * in;
      int q = of.query().offset() + square;
      int k = of.key().offset() + square;
      kernels.multiplyAdd(in, in, in, p, k, in, logitGradients, square, in, dp, q, in);
      kernels.transpose(in, in, logitGradients, square, in, transposed, 0, in);
      kernels.multiplyAdd(in, in, in, p, q, in, transposed, 0, in, dp, k, in);
      carryOutput(h);
    }
    Arrays.fill(logitGradients, 0f);
    Arrays.fill(outputGradients, 0f);
  }

  private void carryOutput(int h) {
    float[] p = parameters.values();
    float[] dp = parameters.gradients();
    int v = of.value().offset() + h * in * in;
    int o = of.output().offset() + h * in;
    int row = of.heads() * in;
    kernels.transpose(in, out, outputGradients, h * in * out, out, transposed, 0, in);
    kernels.transpose(in, in, p, v, in, otherTransposed, 0, in);
    kernels.multiplyAdd(out, in, in, transposed, 0, in, otherTransposed, 0, in, dp, o, row);
    kernels.transposedMultiplyAdd(in, in, out, p, o, row, transposed, 0, in, dp, v, in);
  }

  /** The columns of M_O that belong to a head, as [in, out]. */
  private void transposeOutput(int h) {
    int o = of.output().offset() + h * in;
    kernels.transpose(out, in, parameters.values(), o, of.heads() * in, transposed, 0, out);
  }
}
