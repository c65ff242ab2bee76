package io.gradzoo.engine.tensor.gpu;

/**
 * An argument of a kernel: numbers at regular distances along five axes, the {@code Strided} of the
 * sources. A distance of 0 shows the same numbers again.
 *
 * @param base address of the first; 0 for an operand that is left out
 * @param s0 distance along the first axis, in numbers; the others likewise
 */
public record Strided(long base, long s0, long s1, long s2, long s3, long s4) {
  /** No operand. */
  static final Strided NONE = new Strided(0, 0, 0, 0, 0, 0);

  /** Of fewer axes. */
  static Strided of(long base, long s0, long s1, long s2, long s3) {
    return new Strided(base, s0, s1, s2, s3, 0);
  }

  /** Of fewer axes. */
  static Strided of(long base, long s0, long s1, long s2) {
    return new Strided(base, s0, s1, s2, 0, 0);
  }

  /** The same distances from another first number. */
  Strided at(long otherBase) {
    return new Strided(otherBase, s0, s1, s2, s3, s4);
  }

  /** The address so many numbers further on. */
  static long at(long base, long numbers) {
    return base + Float.BYTES * numbers;
  }
}
