package io.gradzoo.engine.gradient.transformer;

import io.gradzoo.engine.gradient.BatchDifference;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.transformer.Sequences;
import io.gradzoo.engine.network.transformer.Space;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.network.transformer.TransformerLayer;
import io.gradzoo.engine.network.transformer.TransformerLayer.Embedding;
import io.gradzoo.engine.network.transformer.TransformerLayer.LinearMap;
import io.gradzoo.engine.network.transformer.TransformerLayer.Normalization;
import io.gradzoo.engine.network.transformer.TransformerLayout;
import io.gradzoo.engine.network.transformer.TransformerNetwork;
import java.util.List;

/**
 * Takes gradient sets of transformers of one architecture, in a workspace of its own: one forward
 * and one backward pass per sequence. Not thread-safe.
 */
public final class TransformerGradientExtraction {
  private final TransformerArchitecture architecture;
  private final TransformerLayout layout;
  private final TransformerNetwork network;
  private final float[] predictionValues;
  private final float[] predictionSignals;

  /** A workspace for transformers of this architecture. */
  public TransformerGradientExtraction(TransformerArchitecture architecture) {
    this.architecture = architecture;
    this.layout = architecture.layout();
    this.network = new TransformerNetwork(architecture);
    this.predictionValues = new float[architecture.positions()];
    this.predictionSignals = new float[architecture.positions() * architecture.outputs()];
  }

  /**
   * The gradient set of one transformer.
   *
   * @param parameters flat vector from {@code parameterOffset}
   * @param sequences the probe set
   * @param signal what is differentiated; its targets follow the predictions of all sequences: one
   *     per token, or one per sequence where the readout is the mean
   * @throws IllegalArgumentException naming the parameter that is not finite, the sequence that
   *     does not fit, or what is wrong with the targets
   */
  public TransformerGradientSet extract(
      float[] parameters, int parameterOffset, Sequences sequences, Signal signal) {
    sequences.requireFit(architecture);
    signal.require(architecture.id(), architecture.outputs(), predictions(sequences));
    network.load(parameters, parameterOffset);
    float[] values = new float[sequences.size()];
    float[] batchGradient = new float[layout.parameterCount()];
    List<Collector> collectors =
        layout.layers().stream().map(layer -> new Collector(layer, sequences)).toList();
    int firstPrediction = 0;
    for (int n = 0; n < values.length; n++) {
      int predictions = architecture.predictions(sequences.length(n));
      float[] outputs = network.forward(sequences, n);
      signal.evaluate(
          firstPrediction,
          predictions,
          architecture.outputs(),
          outputs,
          predictionValues,
          predictionSignals);
      firstPrediction += predictions;
      values[n] = sum(predictionValues, predictions);
      network.backward(predictionSignals);
      network.addGradient(1f / values.length, batchGradient);
      for (Collector collector : collectors) {
        collector.collect(network, n);
      }
    }
    return withMoments(
        sequences, values, collectors.stream().map(Collector::gradients).toList(), batchGradient);
  }

  private int predictions(Sequences sequences) {
    int predictions = 0;
    for (int n = 0; n < sequences.size(); n++) {
      predictions += architecture.predictions(sequences.length(n));
    }
    return predictions;
  }

  private TransformerGradientSet withMoments(
      Sequences sequences, float[] values, List<TokenGradients> layers, float[] batchGradient) {
    int count = layout.parameterCount();
    float[] gradient = new float[count];
    double[] sums = new double[count];
    double[] squares = new double[count];
    for (int n = 0; n < values.length; n++) {
      for (TokenGradients layer : layers) {
        layer.sampleGradient(n, gradient);
      }
      for (int i = 0; i < count; i++) {
        sums[i] += gradient[i];
        squares[i] += (double) gradient[i] * gradient[i];
      }
    }
    float[] mean = new float[count];
    float[] meanSquare = new float[count];
    for (int i = 0; i < count; i++) {
      mean[i] = (float) (sums[i] / values.length);
      meanSquare[i] = (float) (squares[i] / values.length);
    }
    double discrepancy = 0;
    for (TransformerLayer layer : layout.layers()) {
      // Weight and bias together: the gradient of a key's bias is zero but for rounding.
      BatchDifference difference = new BatchDifference(values.length);
      for (int i = layer.offset(); i < layer.offset() + layer.size(); i++) {
        difference.add(mean[i], squares[i] / values.length, batchGradient[i]);
      }
      discrepancy = Math.max(discrepancy, difference.relative());
    }
    return new TransformerGradientSet(
        architecture, sequences, values, layers, mean, meanSquare, discrepancy);
  }

  private static float sum(float[] values, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
    }
    return (float) sum;
  }

  /** Gathers one stage's factors sequence by sequence. */
  private static final class Collector {
    private final TransformerLayer layer;
    private final Sequences sequences;
    private final float[] left;
    private final float[] right;

    Collector(TransformerLayer layer, Sequences sequences) {
      this.layer = layer;
      this.sequences = sequences;
      this.left =
          new float[layer instanceof Embedding ? 0 : sequences.elements() * layer.in().width()];
      this.right = new float[sequences.elements() * layer.out().width()];
    }

    void collect(TransformerNetwork network, int sequence) {
      if (layer instanceof LinearMap map) {
        copy(network.inputs(map), left, layer.in().width(), sequence);
      } else if (layer instanceof Normalization norm) {
        copy(network.normalized(norm), left, layer.in().width(), sequence);
      }
      copy(network.signals(layer), right, layer.out().width(), sequence);
    }

    TokenGradients gradients() {
      if (layer instanceof LinearMap map) {
        return new LinearTokenFactors(map, sequences, left, right);
      }
      if (layer instanceof Normalization norm) {
        return new NormalizationTokenFactors(norm, sequences, left, right);
      }
      Embedding table = (Embedding) layer;
      int[] rows =
          table.in().kind() == Space.Kind.VOCABULARY ? sequences.tokens() : sequences.positions();
      return new EmbeddingTokenFactors(table, sequences, rows, right);
    }

    private void copy(float[] from, float[] to, int width, int sequence) {
      System.arraycopy(
          from, 0, to, sequences.start(sequence) * width, sequences.length(sequence) * width);
    }
  }
}
