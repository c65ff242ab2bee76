package io.gradzoo.engine.gradient;

import io.gradzoo.engine.fault.Fault;
import java.util.SplittableRandom;

/**
 * Distribution X_p of the points on [−1, 1] that a network's gradients are taken on in the
 * curvature task of GradMetaNet (App. F.1): with probability p uniform on [0, 1], else on [−1, 0].
 * A point of several dimensions has all its coordinates in the same half.
 *
 * @param share p, from 0 to 1
 */
public record PointMixture(double share) {
  public PointMixture {
    if (!(share >= 0 && share <= 1)) {
      throw Fault.of("point mixture").expected("a share from 0 to 1").found(share).exception();
    }
  }

  /** The distribution of one network: p is uniform on [0, 1]; a function of the seed alone. */
  public static PointMixture draw(long seed) {
    return new PointMixture(new SplittableRandom(seed).nextDouble());
  }

  /**
   * Independent points; a function of the arguments alone.
   *
   * @return [count, dimensions]
   */
  public float[] points(int count, int dimensions, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] points = new float[Math.multiplyExact(count, dimensions)];
    for (int point = 0; point < count; point++) {
      double start = random.nextDouble() < share ? 0 : -1;
      for (int i = 0; i < dimensions; i++) {
        points[point * dimensions + i] = (float) (start + random.nextDouble());
      }
    }
    return points;
  }
}
