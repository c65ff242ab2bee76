package io.gradzoo.engine.gradient;

import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * Sums of one layer's sample gradients and of their squares: in float32 over blocks of a few
 * samples, which kernels do, and in double over the blocks.
 */
final class MomentSums {
  /** Samples of a block. */
  static final int BLOCK = 16;

  final Kernels kernels = CpuKernels.best();

  /** Σ over the block of dW, then of db: [weights + out]. */
  final float[] sums;

  /** Σ over the block of dW², then of db². */
  final float[] squares;

  private final int weights;
  private final double[] allSums;
  private final double[] allSquares;
  private int samples;

  MomentSums(int weights, int out) {
    this.weights = weights;
    this.sums = new float[weights + out];
    this.squares = new float[weights + out];
    this.allSums = new double[weights + out];
    this.allSquares = new double[weights + out];
  }

  /** Adds the block, which held so many samples, to the whole, and clears it. */
  void endBlock(int count) {
    for (int i = 0; i < sums.length; i++) {
      allSums[i] += sums[i];
      allSquares[i] += squares[i];
    }
    Arrays.fill(sums, 0f);
    Arrays.fill(squares, 0f);
    samples += count;
  }

  LayerMoments moments() {
    return moments(0, 0);
  }

  /** The moments of gradients dW times 2^weightExponent and db times 2^biasExponent. */
  LayerMoments moments(int weightExponent, int biasExponent) {
    return new LayerMoments(
        mean(allSums, 0, weights, weightExponent),
        mean(allSquares, 0, weights, 2 * weightExponent),
        mean(allSums, weights, sums.length, biasExponent),
        mean(allSquares, weights, sums.length, 2 * biasExponent));
  }

  private float[] mean(double[] numbers, int from, int to, int exponent) {
    float[] means = new float[to - from];
    for (int i = from; i < to; i++) {
      means[i - from] = (float) Math.scalb(numbers[i] / samples, exponent);
    }
    return means;
  }
}
