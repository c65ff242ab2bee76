package io.gradzoo.jobs.table.parquet;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.shaded.org.apache.parquet.bytes.BytesInput;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.Encoding;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.PageWriter;
import org.apache.iceberg.shaded.org.apache.parquet.column.statistics.FloatStatistics;
import org.apache.iceberg.shaded.org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.iceberg.shaded.org.apache.parquet.column.statistics.Statistics;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * One column of lists of float32 numbers in a row group. Numbers are copied as they are (PLAIN
 * encoding), all of a list at once, and levels are runs. A page has whole rows.
 */
final class FloatLists {
  private static final int REPEATED = 1;

  private final ColumnDescriptor column;
  private final int empty;
  private final int full;
  private final int pageBytes;
  private final LevelRuns repetitions = new LevelRuns(REPEATED);
  private final LevelRuns definitions;
  private PageWriter pages;
  private byte[] numbers;
  private int used;
  private int rows;
  private int values;
  private int nothing;
  private float least;
  private float greatest;

  /**
   * @param column of the numbers, whose lists are not within others
   * @param empty definition level of a list without numbers; one less says that there is no list
   * @param pageBytes about the size of a page before compression
   */
  FloatLists(ColumnDescriptor column, int empty, int pageBytes) {
    this.column = column;
    this.empty = empty;
    this.full = column.getMaxDefinitionLevel();
    this.pageBytes = pageBytes;
    this.definitions = new LevelRuns(full);
    this.numbers = new byte[pageBytes];
    clear();
  }

  /** The column that it writes. */
  ColumnDescriptor descriptor() {
    return column;
  }

  /** Begins a row group, whose pages go there. */
  void begin(PageWriter writer) {
    pages = writer;
  }

  /**
   * The list of the next row.
   *
   * @param list null if there is none
   * @throws GradzooException exit code 3 if a place in it has no number
   */
  void write(ArrayData list) {
    if (list == null) {
      writeNothing(empty - 1);
    } else if (list.numElements() == 0) {
      writeNothing(empty);
    } else {
      write(numbers(list));
    }
    rows++;
    if (used >= pageBytes) {
      flush();
    }
  }

  private void writeNothing(int definition) {
    repetitions.add(0, 1);
    definitions.add(definition, 1);
    values++;
    nothing++;
  }

  private void write(float[] list) {
    repetitions.add(0, 1);
    repetitions.add(REPEATED, list.length - 1);
    definitions.add(full, list.length);
    values += list.length;
    for (float number : list) {
      least = Math.min(least, number); // NaN if one of them is
      greatest = Math.max(greatest, number);
    }
    int bytes = list.length * Float.BYTES;
    if (numbers.length - used < bytes) {
      numbers = Arrays.copyOf(numbers, used + bytes);
    }
    ByteBuffer.wrap(numbers, used, bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(list);
    used += bytes;
  }

  /** What is not in a page yet becomes one. */
  void flush() {
    if (rows == 0) {
      return;
    }
    try {
      pages.writePage(
          BytesInput.concat(
              repetitions.page(), definitions.page(), BytesInput.from(numbers, 0, used)),
          values,
          rows,
          statistics(),
          new SizeStatistics(
              column.getPrimitiveType(), 0, list(repetitions.counts()), list(definitions.counts())),
          null,
          Encoding.RLE,
          Encoding.RLE,
          Encoding.PLAIN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    clear();
  }

  /** Bytes that are held, those of pages after compression. */
  long bufferedBytes() {
    return used + pages.getMemSize();
  }

  private void clear() {
    used = 0;
    repetitions.clear();
    definitions.clear();
    rows = 0;
    values = 0;
    nothing = 0;
    least = Float.POSITIVE_INFINITY;
    greatest = Float.NEGATIVE_INFINITY;
  }

  /** Where a number is NaN both ends are, by which readers know that they mean nothing. */
  private Statistics<?> statistics() {
    FloatStatistics statistics =
        (FloatStatistics) Statistics.createStats(column.getPrimitiveType());
    statistics.incrementNumNulls(nothing);
    if (values > nothing) {
      statistics.setMinMax(least, greatest);
    }
    return statistics;
  }

  private float[] numbers(ArrayData list) {
    for (int i = 0; i < list.numElements(); i++) {
      if (list.isNullAt(i)) {
        throw GradzooException.data(
            Fault.of("write tables")
                .at("column " + column.getPath()[0])
                .expected("a number at each place of a list")
                .found("none at " + i)
                .fix("leave out the rows that lack one"));
      }
    }
    return list.toFloatArray();
  }

  private static List<Long> list(long[] counts) {
    return Arrays.stream(counts).boxed().toList();
  }
}
