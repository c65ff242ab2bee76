package io.gradzoo.jobs.table;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;

/**
 * Arrays of consecutive chunks, into which large gradient sets are cut, as one; null if one of them
 * is.
 */
final class ConcatenatedChunks {
  private ConcatenatedChunks() {}

  /** The numbers of a column. */
  static float[] floats(List<Row> chunks, String column) {
    List<float[]> parts = chunks.stream().map(row -> new Cells(row).floats(column)).toList();
    if (parts.stream().anyMatch(Objects::isNull)) {
      return null;
    }
    if (parts.size() == 1) {
      return parts.get(0);
    }
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int start = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, start, part.length);
      start += part.length;
    }
    return all;
  }

  /** Likewise, of whole numbers. */
  static int[] ints(List<Row> chunks, String column) {
    List<int[]> parts = chunks.stream().map(row -> new Cells(row).ints(column)).toList();
    return parts.stream().anyMatch(Objects::isNull)
        ? null
        : parts.stream().flatMapToInt(Arrays::stream).toArray();
  }
}
