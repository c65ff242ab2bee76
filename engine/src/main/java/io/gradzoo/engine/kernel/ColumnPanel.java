package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four vectors of columns of a matrix B, row after row without gaps: what a product reads again for
 * every block of rows. Where it lies in B, rows a power of two apart share a few sets of the
 * first-level cache and push each other out, and its vectors cross cache lines.
 *
 * <p>A panel begins at a line of 64 bytes if its array is one that the collector places at the
 * beginning of a region and leaves there, as G1 does with arrays of half a region and more, in
 * heaps of up to 16 GB. Elsewhere a product is slower; no result depends on it.
 */
final class ColumnPanel {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** Columns, and the distance of its rows. */
  static final int WIDTH = 4 * L;

  /** Rows at most: 32 KiB, which leaves room for the rows of A in the first-level cache. */
  static final int DEPTH = 128;

  /** Where it begins: 48 bytes after an array's first number, which stands behind 16 of header. */
  static final int START = 12;

  /** Half of the regions of a heap of 16 GB, 4 MiB. */
  private static final int SIZE = 1 << 20;

  private static final ThreadLocal<float[]> MEMORY = ThreadLocal.withInitial(() -> new float[SIZE]);

  private ColumnPanel() {}

  /** Copies {@code depth} rows of B from {@code bo} on; returns the memory of this thread. */
  static float[] of(int depth, float[] b, int bo, int ldb) {
    float[] panel = MEMORY.get();
    int from = bo;
    int to = START;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, from);
      FloatVector b1 = FloatVector.fromArray(S, b, from + L);
      FloatVector b2 = FloatVector.fromArray(S, b, from + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, from + 3 * L);
      b0.intoArray(panel, to);
      b1.intoArray(panel, to + L);
      b2.intoArray(panel, to + 2 * L);
      b3.intoArray(panel, to + 3 * L);
      from += ldb;
      to += WIDTH;
    }
    return panel;
  }
}
