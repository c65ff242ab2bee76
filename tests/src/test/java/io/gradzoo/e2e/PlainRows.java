package io.gradzoo.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Rows as nested lists: of a Parquet file as Parquet's own reader finds them, knowing nothing of
 * Spark, and of Spark's rows to compare them with.
 */
final class PlainRows {
  private PlainRows() {}

  static MessageType schema(java.nio.file.Path file) throws IOException {
    HadoopInputFile input =
        HadoopInputFile.fromPath(new Path(file.toUri()), new Configuration(false));
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      return reader.getFileMetaData().getSchema();
    }
  }

  /** The rows of files, each the list of its columns. */
  static List<List<Object>> of(List<java.nio.file.Path> files) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    for (java.nio.file.Path file : files) {
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), new Path(file.toUri())).build()) {
        for (Group group = reader.read(); group != null; group = reader.read()) {
          rows.add(struct(group));
        }
      }
    }
    return rows;
  }

  /** The same form of a row of Spark's. */
  static List<Object> of(Row row) {
    List<Object> cells = new ArrayList<>();
    for (int column = 0; column < row.size(); column++) {
      cells.add(cell(row.get(column)));
    }
    return cells;
  }

  private static Object cell(Object value) {
    if (value instanceof Row struct) {
      return of(struct);
    }
    if (value instanceof Seq<?> sequence) {
      List<Object> cells = new ArrayList<>();
      JavaConverters.seqAsJavaList(sequence).forEach(element -> cells.add(cell(element)));
      return cells;
    }
    return value;
  }

  private static List<Object> struct(Group group) {
    GroupType type = group.getType();
    List<Object> cells = new ArrayList<>();
    for (int field = 0; field < type.getFieldCount(); field++) {
      cells.add(
          group.getFieldRepetitionCount(field) == 0
              ? null
              : cell(group, field, 0, type.getType(field)));
    }
    return cells;
  }

  private static Object cell(Group group, int field, int index, Type type) {
    if (!type.isPrimitive()) {
      Group inner = group.getGroup(field, index);
      return LogicalTypeAnnotation.listType().equals(type.getLogicalTypeAnnotation())
          ? list(inner)
          : struct(inner);
    }
    return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> group.getInteger(field, index);
      case INT64 -> group.getLong(field, index);
      case FLOAT -> group.getFloat(field, index);
      case DOUBLE -> group.getDouble(field, index);
      case BOOLEAN -> group.getBoolean(field, index);
      case BINARY -> group.getString(field, index);
      default -> throw new AssertionError("a type that no table has: " + type);
    };
  }

  private static List<Object> list(Group list) {
    List<Object> cells = new ArrayList<>();
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      Group element = list.getGroup(0, i);
      cells.add(cell(element, 0, 0, element.getType().getType(0)));
    }
    return cells;
  }
}
