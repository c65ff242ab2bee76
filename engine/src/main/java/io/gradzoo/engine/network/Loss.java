package io.gradzoo.engine.network;

import io.gradzoo.engine.fault.Fault;

/**
 * Loss of one sample as a function f ↦ ℓ(f, target) of the network's outputs, with its gradient in
 * f, the output signal. Neither is divided by a batch size.
 */
public enum Loss {
  /** log Σ exp f − f[label], computed in double around the largest output. */
  SOFTMAX_CROSS_ENTROPY("ce"),
  /** ½ Σ (f − t)²: minus log-likelihood of a Gaussian of unit variance, up to a constant. */
  HALF_SQUARED_ERROR("half_mse"),
  /** Σ (f − t)², summed over the outputs. */
  SQUARED_ERROR("mse_sum");

  private static final ThreadLocal<double[]> EXPONENTIALS =
      ThreadLocal.withInitial(() -> new double[16]);

  private final String id;

  Loss(String id) {
    this.id = id;
  }

  /** The name in tables. */
  public String id() {
    return id;
  }

  /**
   * Losses and output signals of consecutive samples.
   *
   * @param targets targets of the whole set; labels for cross-entropy, values otherwise
   * @param first the set's sample that row 0 belongs to
   * @param rows number of samples
   * @param width number of outputs
   * @param outputs [rows, width]
   * @param losses written, [rows]
   * @param signals written, [rows, width]: ∂ℓ/∂f; may be {@code outputs}
   * @throws IllegalArgumentException if the kind of targets does not fit
   */
  public void evaluate(
      Targets targets,
      int first,
      int rows,
      int width,
      float[] outputs,
      float[] losses,
      float[] signals) {
    if (this == SOFTMAX_CROSS_ENTROPY && targets instanceof Targets.Labels labels) {
      crossEntropy(labels.labels(), first, rows, width, outputs, losses, signals);
    } else if (this != SOFTMAX_CROSS_ENTROPY && targets instanceof Targets.Values values) {
      double factor = this == SQUARED_ERROR ? 1.0 : 0.5;
      squaredError(factor, values.values(), first, rows, width, outputs, losses, signals);
    } else {
      throw Fault.of(this)
          .expected("labels for cross-entropy and values for squared errors")
          .found(targets.getClass().getSimpleName())
          .exception();
    }
  }

  /**
   * Class probabilities.
   *
   * @param outputs [rows, width]
   * @param probabilities written, [rows, width]; may be {@code outputs}
   */
  public static void softmax(int rows, int width, float[] outputs, float[] probabilities) {
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      double largest = largest(outputs, start, width);
      double sum = sumOfExponentials(outputs, start, width, largest);
      for (int j = start; j < start + width; j++) {
        probabilities[j] = (float) (Math.exp(outputs[j] - largest) / sum);
      }
    }
  }

  /**
   * Number of rows whose largest output is the label's; the first of equal ones counts, and a row
   * that is not a number is never right.
   *
   * @param outputs [rows, width]
   * @param labels labels of the whole set
   * @param first the set's sample that row 0 belongs to
   */
  public static int countCorrect(int rows, int width, float[] outputs, int[] labels, int first) {
    int correct = 0;
    for (int row = 0; row < rows; row++) {
      int best = -1;
      float largest = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < width; j++) {
        float output = outputs[row * width + j];
        if (output > largest) {
          largest = output;
          best = j;
        }
      }
      if (best == labels[first + row]) {
        correct++;
      }
    }
    return correct;
  }

  private static void crossEntropy(
      int[] labels,
      int first,
      int rows,
      int width,
      float[] outputs,
      float[] losses,
      float[] signals) {
    double[] exponentials = exponentials(width);
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      int label = labels[first + row];
      double largest = largest(outputs, start, width);
      double sum = 0.0;
      for (int j = 0; j < width; j++) {
        exponentials[j] = Math.exp(outputs[start + j] - largest);
        sum += exponentials[j];
      }
      losses[row] = (float) (Math.log(sum) + largest - outputs[start + label]);
      for (int j = 0; j < width; j++) {
        double probability = exponentials[j] / sum;
        signals[start + j] = (float) (j == label ? probability - 1.0 : probability);
      }
    }
  }

  /** Memory of this thread for the exponentials of a row. */
  private static double[] exponentials(int width) {
    double[] memory = EXPONENTIALS.get();
    if (memory.length < width) {
      memory = new double[width];
      EXPONENTIALS.set(memory);
    }
    return memory;
  }

  private static void squaredError(
      double factor,
      float[] values,
      int first,
      int rows,
      int width,
      float[] outputs,
      float[] losses,
      float[] signals) {
    for (int row = 0; row < rows; row++) {
      double sum = 0.0;
      for (int j = 0; j < width; j++) {
        int at = row * width + j;
        double residual = (double) outputs[at] - values[first * width + at];
        sum += residual * residual;
        signals[at] = (float) (2.0 * factor * residual);
      }
      losses[row] = (float) (factor * sum);
    }
  }

  private static double largest(float[] outputs, int start, int width) {
    float largest = outputs[start];
    for (int j = start + 1; j < start + width; j++) {
      largest = Math.max(largest, outputs[j]);
    }
    return largest;
  }

  private static double sumOfExponentials(float[] outputs, int start, int width, double largest) {
    double sum = 0.0;
    for (int j = start; j < start + width; j++) {
      sum += Math.exp(outputs[j] - largest);
    }
    return sum;
  }
}
