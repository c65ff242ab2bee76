package io.gradzoo.engine.network;

/**
 * Memory of a network for what lies in lanes. Its blocks begin at a line of 64 bytes where arrays
 * of some megabytes begin a region of the heap, as with G1 in heaps of up to 16 GB; elsewhere
 * vectors cross lines, and a convolution takes longer.
 */
final class LaneMemory {
  /** Numbers of an array at least: half of the largest region, 4 MiB. */
  private static final int SIZE = 1 << 20;

  /** Where the first block begins: 48 bytes after an array's first number, behind its header. */
  private static final int START = 12;

  /** Numbers in a line. */
  private static final int LINE = 16;

  private float[] numbers = new float[0];
  private int used;

  /** Numbers of an array, from {@code at} on. */
  @SuppressWarnings("ArrayRecordComponent") // memory, compared by nobody
  record Block(float[] numbers, int at) {}

  /** A new block of zeros. */
  Block block(int size) {
    int lines = (size + LINE - 1) / LINE * LINE;
    if (numbers.length - used < lines) {
      numbers = new float[Math.max(SIZE, START + lines)];
      used = START;
    }
    Block block = new Block(numbers, used);
    used += lines;
    return block;
  }
}
