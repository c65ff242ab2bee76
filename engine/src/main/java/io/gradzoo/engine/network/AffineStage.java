package io.gradzoo.engine.network;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * One affine layer of a {@link BatchedNetwork} with its buffers. Both kinds are the same product of
 * rows with the weight: a dense layer has one row per sample, a convolution one per output position
 * (the patch under the kernel). All buffers are place-major.
 */
final class AffineStage {
  private final Kernels kernels;
  private final AffineLayer layer;
  private final ChannelOrder order;
  private final ChannelOrder inputOrder;
  private final ChannelOrder outputOrder;
  private final Patches patches;
  private final int rowsPerSample;

  private final float[] unfolded;
  private final float[] transposedWeight;
  private final float[] weight;
  private final float[] weightGradient;
  private final float[] storedGradient;
  private final float[] biasGradient;
  private final int[] stored;
  private final float[] quadSums;
  private final float[] outputs;
  private final float[] signals;
  private float[] rows;
  private float[] parameters;
  private int parameterOffset;
  private boolean weightIsOrdered;

  /**
   * @param capacity largest batch
   */
  AffineStage(Kernels kernels, AffineLayer layer, int capacity) {
    this.kernels = kernels;
    this.layer = layer;
    this.rowsPerSample = layer.output().positions();
    this.inputOrder = new ChannelOrder(layer.input().channels(), layer.input().positions());
    this.outputOrder = new ChannelOrder(layer.out(), rowsPerSample);
    if (layer.layer() instanceof Layer.Conv2d convolution) {
      this.patches = new Patches(kernels, convolution, layer.input(), layer.output());
      this.order = new ChannelOrder(layer.in(), layer.kernel() * layer.kernel());
    } else {
      this.patches = null;
      this.order = inputOrder;
    }
    boolean unfolds = patches != null && !patches.trivial();
    this.unfolded = new float[unfolds ? capacity * rowsPerSample * layer.fanIn() : 0];
    this.transposedWeight = new float[layer.weightCount()];
    this.weight = new float[layer.weightCount()];
    this.weightGradient = new float[layer.weightCount()];
    this.storedGradient = new float[layer.weightCount()];
    this.biasGradient = new float[layer.out()];
    this.stored = stored();
    this.quadSums = new float[4 * layer.out()];
    this.outputs = new float[capacity * outputSize()];
    this.signals = new float[capacity * outputSize()];
  }

  AffineLayer layer() {
    return layer;
  }

  /** Numbers per sample that come out: positions · out. */
  int outputSize() {
    return rowsPerSample * layer.out();
  }

  /** Order of one sample's outputs. */
  ChannelOrder outputOrder() {
    return outputOrder;
  }

  /** u, [batch, positions, out]. */
  float[] outputs() {
    return outputs;
  }

  /** g = ∂ loss / ∂u of each sample, [batch, positions, out]. */
  float[] signals() {
    return signals;
  }

  /** Refers to a network's parameters, which stay as they are until the next load. */
  void load(float[] parameters, int parameterOffset) {
    this.parameters = parameters;
    this.parameterOffset = parameterOffset;
    weightIsOrdered = false;
    order.transposeWeight(
        kernels, layer.out(), parameters, parameterOffset + layer.weightOffset(), transposedWeight);
  }

  /**
   * u = W a + b.
   *
   * @param input [batch, positions, channels]; kept until the next forward
   */
  void forward(float[] input, int batch) {
    rows = input;
    if (unfolded.length > 0) {
      patches.unfold(batch, input, unfolded);
      rows = unfolded;
    }
    int out = layer.out();
    int fanIn = layer.fanIn();
    int bias = parameterOffset + layer.biasOffset();
    int count = batch * rowsPerSample;
    kernels.affine(
        count,
        out,
        fanIn,
        rows,
        0,
        fanIn,
        transposedWeight,
        0,
        out,
        parameters,
        bias,
        outputs,
        0,
        out);
  }

  /**
   * ∂ loss / ∂a from the signals.
   *
   * @param rowSignals scratch, [batch · positions, fan-in]
   * @param inputSignals written, [batch, positions, channels]
   */
  void backward(int batch, float[] rowSignals, float[] inputSignals) {
    int out = layer.out();
    int fanIn = layer.fanIn();
    if (!weightIsOrdered) {
      order.toPlaceMajor(out, parameters, parameterOffset + layer.weightOffset(), weight, 0);
      weightIsOrdered = true;
    }
    float[] target = unfolded.length > 0 ? rowSignals : inputSignals;
    kernels.multiply(
        batch * rowsPerSample, fanIn, out, signals, 0, out, weight, 0, fanIn, target, 0, fanIn);
    if (unfolded.length > 0) {
      patches.fold(batch, rowSignals, inputSignals);
    }
  }

  /** gradient += scale · Σ over the batch of the sample gradients, weight and bias. */
  void addGradient(int batch, float scale, float[] gradient) {
    weightGradient(0, batch * rowsPerSample, storedGradient, 0);
    kernels.addScaled(
        scale, storedGradient, 0, gradient, layer.weightOffset(), layer.weightCount());
    Arrays.fill(biasGradient, 0f);
    addSignals(0, batch * rowsPerSample, biasGradient, 0);
    kernels.addScaled(scale, biasGradient, 0, gradient, layer.biasOffset(), layer.out());
  }

  /** One sample's ∂ loss / ∂W [out, fan-in] and ∂ loss / ∂b [out], in stored order. */
  void sampleGradient(
      int sample, float[] weightTarget, int weightAt, float[] biasTarget, int biasAt) {
    int first = sample * rowsPerSample;
    weightGradient(first, rowsPerSample, weightTarget, weightAt);
    Arrays.fill(biasTarget, biasAt, biasAt + layer.out(), 0f);
    addSignals(first, rowsPerSample, biasTarget, biasAt);
  }

  /** a, [batch, channels, positions], in stored order. */
  void copyInputs(int batch, float[] input, float[] target, int targetOffset) {
    inputOrder.toChannelMajor(batch, input, 0, target, targetOffset);
  }

  /**
   * target [out] += Σ over rows of g. Four rows are first taken as one, so that narrow sums do not
   * wait for themselves.
   */
  private void addSignals(int first, int count, float[] target, int targetOffset) {
    int out = layer.out();
    int from = first * out;
    int quads = count / 4;
    if (quads > 1) {
      Arrays.fill(quadSums, 0f);
      kernels.addColumnSums(quads, 4 * out, signals, from, quadSums, 0);
      kernels.addColumnSums(4, out, quadSums, 0, target, targetOffset);
      from += 4 * quads * out;
    }
    int left = quads > 1 ? count % 4 : count;
    kernels.addColumnSums(left, out, signals, from, target, targetOffset);
  }

  /** target [out, fan-in] = Σ over rows of g (row)ᵀ, in stored order. */
  private void weightGradient(int first, int count, float[] target, int targetOffset) {
    int out = layer.out();
    int fanIn = layer.fanIn();
    boolean direct = stored.length == 0;
    float[] to = direct ? target : weightGradient;
    int at = direct ? targetOffset : 0;
    Arrays.fill(to, at, at + layer.weightCount(), 0f);
    int g = first * out;
    int a = first * fanIn;
    if (narrow()) {
      kernels.transposedMultiplyAdd(
          fanIn, out, count, rows, a, fanIn, signals, g, out, to, at, out);
    } else {
      kernels.transposedMultiplyAdd(
          out, fanIn, count, signals, g, out, rows, a, fanIn, to, at, fanIn);
    }
    if (!direct) {
      kernels.select(stored, weightGradient, 0, target, targetOffset);
    }
  }

  /**
   * Whether the gradient of the weight is computed transposed: products have few rows, many
   * columns.
   */
  private boolean narrow() {
    return patches != null && layer.fanIn() < layer.out();
  }

  /** Where each weight in stored order lies in the computed gradient; nothing if they are one. */
  private int[] stored() {
    if (order.trivial() && !narrow()) {
      return new int[0];
    }
    int fanIn = layer.fanIn();
    int[] within = order.channelMajor();
    int[] places = new int[layer.weightCount()];
    for (int i = 0; i < places.length; i++) {
      int o = i / fanIn;
      int column = within[i % fanIn];
      places[i] = narrow() ? column * layer.out() + o : o * fanIn + column;
    }
    return places;
  }
}
