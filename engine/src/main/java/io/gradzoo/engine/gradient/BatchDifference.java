package io.gradzoo.engine.gradient;

/**
 * How far the mean of sample gradients is from a batch gradient that was computed separately: the
 * largest difference relative to the largest root mean square, over the entries that are added.
 * What rounding to float32's smallest numbers explains is no difference.
 */
public final class BatchDifference {
  /** Squares below this lose digits in float32, or are 0 there. */
  private static final double SMALLEST_SQUARE = 1e-30;

  private final double rounding;
  private double difference;
  private double scale;

  /**
   * @param samples whose gradients were averaged: each may have been rounded
   */
  public BatchDifference(int samples) {
    this.rounding = (double) samples * Float.MIN_VALUE;
  }

  /**
   * Adds an entry.
   *
   * @param mean of its sample gradients
   * @param meanSquare of them, in double precision
   * @param batch the entry of the batch gradient
   */
  public void add(double mean, double meanSquare, double batch) {
    difference = Math.max(difference, Math.abs(mean - batch));
    scale = Math.max(scale, Math.sqrt(meanSquare));
  }

  /** The relative difference; NaN or infinite if a number is. */
  public double relative() {
    return difference <= rounding ? 0 : difference / scale;
  }

  /** Whether squares that were taken in float32 say how large gradients are. */
  static boolean tellsSize(float[] meanSquare) {
    double largest = 0;
    for (float square : meanSquare) {
      largest = Math.max(largest, square);
    }
    return largest >= SMALLEST_SQUARE && largest < Double.POSITIVE_INFINITY;
  }
}
