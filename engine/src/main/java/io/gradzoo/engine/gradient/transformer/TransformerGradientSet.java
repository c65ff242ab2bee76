package io.gradzoo.engine.gradient.transformer;

import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.network.transformer.NamedTensor;
import io.gradzoo.engine.network.transformer.Sequences;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import java.util.Arrays;
import java.util.List;

/**
 * Gradients of a transformer on every sequence of a probe set, as factors of each token, and their
 * moments. A sample is a sequence; its loss is the sum over its predictions, not divided by
 * anything. Tokens of a sequence are summed before anything is squared.
 *
 * @param values the differentiated number of each sequence, [sequences]: its loss
 * @param layers one per stage, in the order of the flat parameters
 * @param meanGradient mean over the sequences, in the parameters' layout
 * @param empiricalFisherDiagonal mean of the squares, in the parameters' layout
 * @param discrepancy how far the mean is from a batch gradient that was computed separately: the
 *     largest difference in a stage relative to the stage's largest root mean square, the worst of
 *     all stages
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record TransformerGradientSet(
    TransformerArchitecture architecture,
    Sequences sequences,
    float[] values,
    List<TokenGradients> layers,
    float[] meanGradient,
    float[] empiricalFisherDiagonal,
    double discrepancy) {
  public TransformerGradientSet {
    layers = List.copyOf(layers);
  }

  /** Number of sequences. */
  public int samples() {
    return sequences.size();
  }

  /**
   * Moments of each stage, its first tensor as the weight and its second as the bias: of a
   * LayerNorm gain and offset, of an embedding the table and nothing.
   */
  public List<LayerMoments> moments() {
    return layers.stream().map(layer -> moments(layer.layer().tensors())).toList();
  }

  private LayerMoments moments(List<NamedTensor> tensors) {
    NamedTensor first = tensors.get(0);
    int end = first.offset() + first.size();
    NamedTensor second = tensors.size() > 1 ? tensors.get(1) : new NamedTensor("", end, 0, 0);
    return new LayerMoments(
        part(meanGradient, first),
        part(empiricalFisherDiagonal, first),
        part(meanGradient, second),
        part(empiricalFisherDiagonal, second));
  }

  private static float[] part(float[] flat, NamedTensor tensor) {
    return Arrays.copyOfRange(flat, tensor.offset(), tensor.offset() + tensor.size());
  }

  /** One sequence's whole gradient, in the parameters' layout. */
  public float[] sampleGradient(int sequence) {
    float[] gradient = new float[meanGradient.length];
    for (TokenGradients layer : layers) {
      layer.sampleGradient(sequence, gradient);
    }
    return gradient;
  }

  /** ‖gradient‖² of each sequence, without forming it: [sequences]. */
  public double[] squaredNorms() {
    double[] norms = new double[samples()];
    for (int n = 0; n < norms.length; n++) {
      norms[n] = product(n, n);
    }
    return norms;
  }

  /** Trace of the empirical Fisher matrix: the mean squared norm of a sequence's gradient. */
  public double trace() {
    double sum = 0;
    for (double norm : squaredNorms()) {
      sum += norm;
    }
    return sum / samples();
  }

  /** Gram matrix ⟨gradient n, gradient m⟩: [sequences, sequences]. */
  public double[] gram() {
    int count = samples();
    double[] gram = new double[count * count];
    for (int n = 0; n < count; n++) {
      for (int m = 0; m <= n; m++) {
        gram[n * count + m] = product(n, m);
        gram[m * count + n] = gram[n * count + m];
      }
    }
    return gram;
  }

  private double product(int n, int m) {
    double sum = 0;
    for (TokenGradients layer : layers) {
      sum += layer.product(n, m);
    }
    return sum;
  }
}
