package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of this machine: the widest float32 species the processor handles well. */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Numbers in one vector. */
  static final int COUNT = SPECIES.length();

  private static final ThreadLocal<float[]> MEMORY =
      ThreadLocal.withInitial(() -> new float[2 * COUNT]);

  private Lanes() {}

  /** The largest multiple of {@link #COUNT} that is at most {@code n}. */
  static int bound(int n) {
    return n & -COUNT;
  }

  /** Memory of this thread for the lanes of two vectors, on their way to {@link #sum}. */
  static float[] memory() {
    return MEMORY.get();
  }

  /**
   * The sum over the lanes that a vector has left in memory, always as the same tree: the order of
   * {@code reduceLanes} is not specified, and compiled code and interpreter differ. Memory, since a
   * vector as an argument is allocated wherever C2 declines to inline the method.
   */
  static float sum(float[] lanes, int at) {
    float sum = sumOfFour(lanes, at);
    if (COUNT > 4) {
      sum += sumOfFour(lanes, at + 4);
    }
    if (COUNT > 8) {
      sum += sumOfFour(lanes, at + 8) + sumOfFour(lanes, at + 12);
    }
    return sum;
  }

  private static float sumOfFour(float[] lanes, int at) {
    return (lanes[at] + lanes[at + 1]) + (lanes[at + 2] + lanes[at + 3]);
  }
}
