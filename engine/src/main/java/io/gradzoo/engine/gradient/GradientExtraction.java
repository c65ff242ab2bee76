package io.gradzoo.engine.gradient;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.BatchedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes gradient sets of networks of one architecture, in a workspace of its own: one forward and
 * one backward pass per chunk of samples. Not thread-safe.
 */
public final class GradientExtraction {
  private static final int CHUNK = 32;

  private final Architecture architecture;
  private final BatchedNetwork network;
  private final float[] chunkValues;
  private final float[] chunkSignals;
  private final float[] batchGradient;

  /** A workspace for networks of this architecture. */
  public GradientExtraction(Architecture architecture) {
    this.architecture = architecture;
    this.network = new BatchedNetwork(architecture, CHUNK);
    this.chunkValues = new float[CHUNK];
    this.chunkSignals = new float[CHUNK * architecture.outputs()];
    this.batchGradient = new float[architecture.parameterCount()];
  }

  /**
   * The gradient set of one network.
   *
   * @param parameters flat vector that starts at {@code parameterOffset}
   * @param inputs the probe set, [samples, input size], channel-major
   * @param samples number of samples, positive
   * @param signal what is differentiated
   */
  public GradientSet extract(
      float[] parameters, int parameterOffset, float[] inputs, int samples, Signal signal) {
    if (samples <= 0) {
      throw new IllegalArgumentException(
          "gradient set: expected at least one sample, found " + samples);
    }
    float[] values = new float[samples];
    List<Collector> collectors = new ArrayList<>();
    for (AffineLayer layer : architecture.affineLayers()) {
      collectors.add(new Collector(layer, samples));
    }
    Arrays.fill(batchGradient, 0f);
    for (int first = 0; first < samples; first += CHUNK) {
      int rows = Math.min(CHUNK, samples - first);
      int inputOffset = first * architecture.input().size();
      float[] outputs = network.forward(parameters, parameterOffset, inputs, inputOffset, rows);
      signal.evaluate(first, rows, architecture.outputs(), outputs, chunkValues, chunkSignals);
      System.arraycopy(chunkValues, 0, values, first, rows);
      network.backward(chunkSignals);
      network.addGradient(1f / samples, batchGradient);
      for (Collector collector : collectors) {
        collector.collect(network, first, rows);
      }
    }
    List<LayerGradients> layers = collectors.stream().map(Collector::gradients).toList();
    List<LayerMoments> moments = layers.stream().map(LayerGradients::moments).toList();
    return new GradientSet(architecture, values, layers, moments, discrepancy(moments));
  }

  private double discrepancy(List<LayerMoments> moments) {
    double worst = 0;
    for (AffineLayer layer : architecture.affineLayers()) {
      LayerMoments of = moments.get(layer.index());
      double ofWeight = discrepancy(of.meanWeight(), of.meanSquaredWeight(), layer.weightOffset());
      double ofBias = discrepancy(of.meanBias(), of.meanSquaredBias(), layer.biasOffset());
      worst = Math.max(worst, Math.max(ofWeight, ofBias));
    }
    return worst;
  }

  private double discrepancy(float[] mean, float[] meanSquare, int offset) {
    double difference = 0;
    double scale = 0;
    for (int i = 0; i < mean.length; i++) {
      difference = Math.max(difference, Math.abs((double) mean[i] - batchGradient[offset + i]));
      scale = Math.max(scale, Math.sqrt(meanSquare[i]));
    }
    return difference == 0 ? 0 : difference / scale;
  }

  /** Gathers one layer's gradients chunk by chunk. */
  private static final class Collector {
    private final AffineLayer layer;
    private final float[] left;
    private final float[] right;

    Collector(AffineLayer layer, int samples) {
      this.layer = layer;
      this.left = new float[samples * (layer.convolution() ? layer.weightCount() : layer.in())];
      this.right = new float[samples * layer.out()];
    }

    void collect(BatchedNetwork network, int first, int rows) {
      int index = layer.index();
      if (!layer.convolution()) {
        network.copyInputs(index, left, first * layer.in());
        network.copySignals(index, right, first * layer.out());
        return;
      }
      for (int row = 0; row < rows; row++) {
        int sample = first + row;
        network.sampleGradient(
            index, row, left, sample * layer.weightCount(), right, sample * layer.out());
      }
    }

    LayerGradients gradients() {
      return layer.convolution()
          ? new ConvolutionGradients(layer, left, right)
          : new DenseFactors(layer, left, right);
    }
  }
}
