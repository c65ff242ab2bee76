package io.gradzoo.jobs.published;

import io.gradzoo.datasets.format.NpyRows;

/**
 * The weights of some networks, block by block, in this program's order. The last are given only if
 * the file is still what it was when its reading was planned.
 */
final class WeightBlocks implements AutoCloseable {
  private static final int BLOCK_BYTES = 1 << 20;

  private final ZooFolder source;
  private final FileVersion version;
  private final NpyRows weights;
  private final ImportedRuns runs;
  private final int[] order;
  private final int blockRows;
  private final float[] block;
  private int loaded = -1;

  /**
   * @param version of the file when the reading was planned
   * @param order where each number of a network lies in its row
   */
  WeightBlocks(ZooFolder source, FileVersion version, ImportedRuns runs, int[] order) {
    this.source = source;
    this.version = version;
    this.weights = source.weights();
    this.runs = runs;
    this.order = order.clone();
    this.blockRows = Math.max(1, BLOCK_BYTES / Float.BYTES / order.length);
    this.block = new float[blockRows * order.length];
  }

  /**
   * The flat parameters of a network.
   *
   * @param index in the range, from 0
   * @throws io.gradzoo.datasets.DataException if the file has changed
   */
  float[] parameters(int index) {
    int number = index / blockRows;
    if (number != loaded) {
      int first = number * blockRows;
      weights.read(runs.first() + first, Math.min(blockRows, runs.size() - first), block);
      loaded = number;
    }
    int start = index % blockRows * order.length;
    float[] parameters = new float[order.length];
    for (int i = 0; i < order.length; i++) {
      parameters[i] = block[start + order[i]];
    }
    if (index == runs.size() - 1) {
      source.requireWeights(version);
    }
    return parameters;
  }

  @Override
  public void close() {
    weights.close();
  }
}
