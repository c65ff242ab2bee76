package io.gradzoo.engine.network;

/** Targets of a set of samples. */
public sealed interface Targets {

  /** Number of samples, for outputs of the given width. */
  int size(int width);

  /**
   * One class per sample.
   *
   * @param labels [n], from 0
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  record Labels(int[] labels) implements Targets {
    @Override
    public int size(int width) {
      return labels.length;
    }
  }

  /**
   * One number per sample and output.
   *
   * @param values [n, outputs]
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  record Values(float[] values) implements Targets {
    @Override
    public int size(int width) {
      return values.length / width;
    }
  }
}
