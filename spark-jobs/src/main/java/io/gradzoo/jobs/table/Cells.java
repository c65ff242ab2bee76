package io.gradzoo.jobs.table;

import org.apache.spark.sql.Row;
import scala.collection.Seq;

/**
 * The cells of a row by their columns' names. Readers select what they need of a table: what was
 * not selected is null, like what is not filled.
 *
 * @param row with its schema
 */
record Cells(Row row) {

  /** A value; null if there is none, or no such column. */
  <T> T value(String column) {
    return row.schema().getFieldIndex(column).isEmpty() ? null : row.getAs(column);
  }

  /** A value of a column that must be there. */
  int number(String column) {
    return row.<Integer>getAs(column);
  }

  /** A column of type ARRAY&lt;FLOAT&gt;; null if there is none. */
  float[] floats(String column) {
    return value(column) == null ? null : Floats.of(row, column);
  }

  /** A column of type ARRAY&lt;INT&gt;; null if there is none. */
  int[] ints(String column) {
    Object value = value(column);
    if (value == null || value instanceof int[]) {
      return (int[]) value;
    }
    Seq<?> numbers = (Seq<?>) value;
    int[] ints = new int[numbers.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (Integer) numbers.apply(i);
    }
    return ints;
  }

  /** A column of type ARRAY&lt;BIGINT&gt;; null if there is none. */
  long[] longs(String column) {
    Object value = value(column);
    if (value == null || value instanceof long[]) {
      return (long[]) value;
    }
    Seq<?> numbers = (Seq<?>) value;
    long[] longs = new long[numbers.size()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = (Long) numbers.apply(i);
    }
    return longs;
  }

  /** A seed, which tables have as text; null if there is none. */
  Long seed(String column) {
    String text = value(column);
    return text == null ? null : Long.valueOf(text);
  }
}
