package io.gradzoo.jobs.gradients;

import java.util.List;

/**
 * The gradients of some consecutive samples of a set.
 *
 * @param values the differentiated number of each sample
 * @param discrepancy how far their mean is from a batch gradient that was computed separately
 * @param parts one per layer that has parameters, in their order
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record Chunk(float[] values, double discrepancy, List<LayerPart> parts) {
  Chunk {
    parts = List.copyOf(parts);
  }
}
