package io.gradzoo.engine.network;

/**
 * Memory for numbers of every sample of a batch, in one of two forms: {@link RowBuffer} and {@link
 * LaneMaps}. What both understand are rows in stored order, [batch, channels, positions].
 */
interface BatchBuffer {

  /** The array it lies in. */
  float[] numbers();

  /** Index of its first number. */
  int at();

  /** How many numbers a batch takes, from {@link #at} on. */
  int count(int batch);

  /** Another of the same form, all zero. */
  BatchBuffer another();

  /** Takes rows [batch, size] in stored order from {@code offset} on. */
  void fromRows(int batch, float[] rows, int offset);

  /** Writes rows [batch, size] in stored order from {@code offset} on. */
  void toRows(int batch, float[] rows, int offset);
}
