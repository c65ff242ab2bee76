package io.gradzoo.jobs.table;

import org.apache.spark.sql.Row;
import scala.collection.Seq;

/**
 * The cells of a row by their columns' names. Readers select the columns they need: columns that
 * were not selected are null, like those that are not filled.
 *
 * @param row with its schema
 */
record Cells(Row row) {

  /** A text; null if there is none. */
  String text(String column) {
    return (String) cell(column);
  }

  /** A whole number; null if there is none. */
  Integer integer(String column) {
    return (Integer) cell(column);
  }

  /** A number; null if there is none. */
  Double real(String column) {
    return (Double) cell(column);
  }

  /** A struct; null if there is none. */
  Row struct(String column) {
    return (Row) cell(column);
  }

  /** A whole number that must be there. */
  int number(String column) {
    return row.<Integer>getAs(column);
  }

  /** A column of type ARRAY&lt;FLOAT&gt;; null if there is none. */
  float[] floats(String column) {
    return cell(column) == null ? null : Floats.of(row, column);
  }

  /** A column of type ARRAY&lt;INT&gt;; null if there is none. */
  int[] ints(String column) {
    Object value = cell(column);
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
    Object value = cell(column);
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
    String text = text(column);
    return text == null ? null : Long.valueOf(text);
  }

  private Object cell(String column) {
    return row.schema().getFieldIndex(column).isEmpty() ? null : row.getAs(column);
  }
}
