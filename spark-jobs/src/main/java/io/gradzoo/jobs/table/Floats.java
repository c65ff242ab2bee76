package io.gradzoo.jobs.table;

import org.apache.spark.sql.Row;
import scala.collection.Seq;

/** Float arrays out of rows. */
public final class Floats {
  private Floats() {}

  /** A column of type ARRAY&lt;FLOAT&gt; as a primitive array; null where the column is. */
  public static float[] of(Row row, String column) {
    Object value = row.getAs(column);
    if (value == null || value instanceof float[]) {
      return (float[]) value;
    }
    Seq<?> numbers = (Seq<?>) value;
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (Float) numbers.apply(i);
    }
    return floats;
  }
}
