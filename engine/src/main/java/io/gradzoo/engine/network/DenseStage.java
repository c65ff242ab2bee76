package io.gradzoo.engine.network;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/** A dense layer: one row of inputs and one of outputs per sample. */
final class DenseStage implements AffineStage {
  private final Kernels kernels;
  private final AffineLayer layer;
  private final float[] transposedWeight;
  private final float[] weightGradient;
  private final float[] biasGradient;
  private final float[] quadSums;
  private final RowBuffer outputs;
  private final RowBuffer signals;
  private BatchBuffer inputs;
  private float[] parameters;
  private int weight;
  private int bias;

  /**
   * @param capacity largest batch
   */
  DenseStage(Kernels kernels, AffineLayer layer, int capacity) {
    this.kernels = kernels;
    this.layer = layer;
    this.transposedWeight = new float[layer.weightCount()];
    this.weightGradient = new float[layer.weightCount()];
    this.biasGradient = new float[layer.out()];
    this.quadSums = new float[4 * layer.out()];
    this.outputs = new RowBuffer(layer.out(), capacity);
    this.signals = new RowBuffer(layer.out(), capacity);
  }

  @Override
  public AffineLayer layer() {
    return layer;
  }

  @Override
  public BatchBuffer inputs() {
    return inputs;
  }

  /** u, [batch, out]. */
  @Override
  public RowBuffer outputs() {
    return outputs;
  }

  /** g, [batch, out]. */
  @Override
  public RowBuffer signals() {
    return signals;
  }

  @Override
  public void load(float[] parameters, int parameterOffset) {
    this.parameters = parameters;
    this.weight = parameterOffset + layer.weightOffset();
    this.bias = parameterOffset + layer.biasOffset();
    int in = layer.in();
    int out = layer.out();
    kernels.transpose(out, in, parameters, weight, in, transposedWeight, 0, out);
  }

  /**
   * @param inputs a, [batch, in]
   */
  @Override
  public void forward(int batch, BatchBuffer inputs) {
    this.inputs = inputs;
    int in = layer.in();
    int out = layer.out();
    float[] a = inputs.numbers();
    float[] u = outputs.numbers();
    kernels.affine(batch, out, in, a, 0, in, transposedWeight, 0, out, parameters, bias, u, 0, out);
  }

  @Override
  public void backward(int batch, BatchBuffer inputSignals) {
    int in = layer.in();
    int out = layer.out();
    float[] g = signals.numbers();
    float[] target = inputSignals.numbers();
    kernels.multiply(batch, in, out, g, 0, out, parameters, weight, in, target, 0, in);
  }

  @Override
  public void addGradient(int batch, float scale, float[] gradient) {
    int in = layer.in();
    int out = layer.out();
    float[] g = signals.numbers();
    float[] a = inputs.numbers();
    Arrays.fill(weightGradient, 0f);
    kernels.transposedMultiplyAdd(out, in, batch, g, 0, out, a, 0, in, weightGradient, 0, in);
    kernels.addScaled(
        scale, weightGradient, 0, gradient, layer.weightOffset(), layer.weightCount());
    sumSignals(batch);
    kernels.addScaled(scale, biasGradient, 0, gradient, layer.biasOffset(), out);
  }

  @Override
  public void sampleGradients(
      int batch,
      float[] weights,
      int weightAt,
      int weightStep,
      float[] biases,
      int biasAt,
      int biasStep) {
    int in = layer.in();
    int out = layer.out();
    float[] g = signals.numbers();
    float[] a = inputs.numbers();
    for (int n = 0; n < batch; n++) {
      for (int o = 0; o < out; o++) {
        int to = weightAt + n * weightStep + o * in;
        kernels.scale(g[n * out + o], a, n * in, weights, to, in);
      }
      System.arraycopy(g, n * out, biases, biasAt + n * biasStep, out);
    }
  }

  /** Four rows are first taken as one, so that narrow sums do not wait for themselves. */
  private void sumSignals(int batch) {
    int out = layer.out();
    int quads = batch / 4;
    int summed = 0;
    Arrays.fill(biasGradient, 0f);
    if (quads > 1) {
      Arrays.fill(quadSums, 0f);
      kernels.addColumnSums(quads, 4 * out, signals.numbers(), 0, quadSums, 0);
      kernels.addColumnSums(4, out, quadSums, 0, biasGradient, 0);
      summed = 4 * quads;
    }
    kernels.addColumnSums(batch - summed, out, signals.numbers(), summed * out, biasGradient, 0);
  }
}
