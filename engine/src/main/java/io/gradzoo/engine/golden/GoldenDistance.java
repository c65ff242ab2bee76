package io.gradzoo.engine.golden;

/**
 * How far a device is from stored values: the largest over all arrays of ‖x − ref‖ / ‖ref‖.
 *
 * @param outputs of the outputs
 * @param gradients of the gradients; 0 where none are stored
 */
public record GoldenDistance(double outputs, double gradients) {

  /** The larger of the two. */
  public double largest() {
    return Math.max(outputs, gradients);
  }

  /** ‖x − ref‖ / (‖ref‖ + floor), infinite if they are of different lengths. */
  public static double between(double[] actual, double[] expected, double floor) {
    if (actual.length != expected.length) {
      return Double.POSITIVE_INFINITY;
    }
    double difference = 0;
    for (int i = 0; i < actual.length; i++) {
      difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
    }
    double size = norm(expected) + floor;
    return difference == 0 ? 0 : Math.sqrt(difference) / size;
  }

  /** ‖x‖. */
  public static double norm(double[] x) {
    double sum = 0;
    for (double number : x) {
      sum += number * number;
    }
    return Math.sqrt(sum);
  }
}
