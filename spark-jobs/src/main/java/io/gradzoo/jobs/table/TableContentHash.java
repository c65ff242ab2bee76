package io.gradzoo.jobs.table;

import io.gradzoo.datasets.split.ContentHash;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Hash of a table's values: the same for the same rows in any order, in any files, from either kind
 * of store. It is what two runs compare.
 */
public final class TableContentHash {
  private TableContentHash() {}

  /** Hex SHA-256 over all rows, columns taken by name; names and types count too. */
  public static String of(Dataset<Row> rows) {
    String[] names = rows.columns();
    Arrays.sort(names);
    Dataset<Row> byName = rows.select(Arrays.stream(names).map(rows::col).toArray(Column[]::new));
    List<byte[]> hashes =
        byName
            .map((MapFunction<Row, byte[]>) TableContentHash::of, Encoders.BINARY())
            .collectAsList();
    return ContentHash.of(byName.schema().asNullable().sql() + "\n" + ContentHash.ofRows(hashes));
  }

  /** SHA-256 over the cells of a row in their order, 32 bytes. */
  public static byte[] of(Row row) {
    ContentHash.Row hash = new ContentHash.Row();
    addCells(hash, row);
    return hash.hash();
  }

  private static void addCells(ContentHash.Row hash, Row row) {
    for (int column = 0; column < row.size(); column++) {
      add(hash, row.get(column));
    }
  }

  private static void add(ContentHash.Row hash, Object cell) {
    if (cell == null) {
      hash.addNull();
    } else if (cell instanceof Double || cell instanceof Float) {
      hash.add(((Number) cell).doubleValue());
    } else if (cell instanceof Number number) {
      hash.add(number.longValue());
    } else if (cell instanceof Boolean flag) {
      hash.add(flag ? 1L : 0L);
    } else if (cell instanceof String text) {
      hash.add(text);
    } else if (cell instanceof Row struct) {
      hash.add(struct.size());
      addCells(hash, struct);
    } else if (cell instanceof Seq<?> sequence) {
      hash.add(sequence.length());
      JavaConverters.seqAsJavaList(sequence).forEach(element -> add(hash, element));
    } else {
      throw new IllegalArgumentException("no hash for a cell of " + cell.getClass());
    }
  }
}
