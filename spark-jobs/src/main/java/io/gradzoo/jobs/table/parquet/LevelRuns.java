package io.gradzoo.jobs.table.parquet;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.apache.iceberg.shaded.org.apache.parquet.bytes.BytesInput;

/**
 * Repetition or definition levels of a page, as runs of equal levels: of Parquet's hybrid encoding
 * (RLE) the part that needs no packing of bits. A level takes one byte, so there are at most 256.
 */
final class LevelRuns {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final long[] counts;
  private int level = -1;
  private int length;

  /**
   * @param highest of the levels
   */
  LevelRuns(int highest) {
    counts = new long[highest + 1];
  }

  /** The same level some times more. */
  void add(int next, int times) {
    if (times == 0) {
      return;
    }
    if (next != level) {
      finishRun();
      level = next;
    }
    length += times;
    counts[next] += times;
  }

  private void finishRun() {
    if (length > 0) {
      writeVarint(length << 1);
      bytes.write(level);
    }
    length = 0;
  }

  private void writeVarint(int number) {
    int rest = number;
    while ((rest & ~0x7F) != 0) {
      bytes.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes.write(rest);
  }

  /** How often each level was added since the last {@link #clear}, [levels]. */
  long[] counts() {
    return counts.clone();
  }

  /**
   * The levels as a page has them: the length in bytes, then the runs. Read before {@link #clear}.
   */
  BytesInput page() {
    finishRun();
    level = -1;
    return BytesInput.concat(BytesInput.fromInt(bytes.size()), BytesInput.from(bytes));
  }

  /** Begins another page. */
  void clear() {
    bytes.reset();
    Arrays.fill(counts, 0);
    level = -1;
    length = 0;
  }
}
