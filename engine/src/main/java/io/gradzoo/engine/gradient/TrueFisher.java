package io.gradzoo.engine.gradient;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.BatchedNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;

/**
 * Diagonal of the true Fisher matrix: the expectation over the model's own label distribution,
 * exactly, by one backward pass per output. For softmax the signals are p − e_k with weight p_k;
 * for a Gaussian unit signals with weight 1 (half squared error: unit variance) or 2 (squared
 * error: variance ½). In a workspace for one architecture; not thread-safe.
 */
public final class TrueFisher {
  private static final int CHUNK = 32;

  private final LayeredArchitecture architecture;
  private final BatchedNetwork network;
  private final float[] probabilities;
  private final float[] signals;
  private final float[] gradients;

  /** A workspace for networks of this architecture. */
  public TrueFisher(LayeredArchitecture architecture) {
    this.architecture = architecture;
    this.network = new BatchedNetwork(architecture, CHUNK);
    this.probabilities = new float[CHUNK * architecture.outputs()];
    this.signals = new float[CHUNK * architecture.outputs()];
    this.gradients = new float[CHUNK * architecture.parameterCount()];
  }

  /**
   * Mean over the samples of E[(∂ log p(y | x) / ∂θ)²], in the parameters' layout.
   *
   * @param parameters flat vector that starts at {@code parameterOffset}
   * @param inputs [samples, input size], channel-major
   */
  public float[] diagonal(
      float[] parameters, int parameterOffset, float[] inputs, int samples, Loss loss) {
    int width = architecture.outputs();
    double[] sums = new double[architecture.parameterCount()];
    network.load(parameters, parameterOffset);
    for (int first = 0; first < samples; first += CHUNK) {
      int rows = Math.min(CHUNK, samples - first);
      int inputOffset = first * architecture.input().size();
      float[] outputs = network.forward(inputs, inputOffset, rows);
      Loss.softmax(rows, width, outputs, probabilities);
      for (int k = 0; k < width; k++) {
        weightedSignals(loss, k, rows, width);
        network.backward(signals);
        addSquares(rows, sums);
      }
    }
    float[] diagonal = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      diagonal[i] = (float) (sums[i] / samples);
    }
    return diagonal;
  }

  /** Signals for label k, times the root of its weight: the squares then carry the weight. */
  private void weightedSignals(Loss loss, int k, int rows, int width) {
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < width; j++) {
        int at = row * width + j;
        double unit = j == k ? 1 : 0;
        double signal =
            switch (loss) {
              case SOFTMAX_CROSS_ENTROPY ->
                  Math.sqrt(probabilities[row * width + k]) * (probabilities[at] - unit);
              case HALF_SQUARED_ERROR -> unit;
              case SQUARED_ERROR -> Math.sqrt(2) * unit;
            };
        signals[at] = (float) signal;
      }
    }
  }

  private void addSquares(int rows, double[] sums) {
    int count = sums.length;
    for (AffineLayer layer : architecture.affineLayers()) {
      int weights = layer.weightOffset();
      int biases = layer.biasOffset();
      network.sampleGradients(layer.index(), gradients, weights, count, gradients, biases, count);
    }
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < count; i++) {
        double gradient = gradients[row * count + i];
        sums[i] += gradient * gradient;
      }
    }
  }
}
