package io.gradzoo.jobs.table.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnWriteStore;
import org.apache.iceberg.shaded.org.apache.parquet.column.ParquetProperties;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.Type;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.spark.data.SparkParquetWriters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.ProjectingInternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/**
 * The columns of rows: lists of float32 numbers by {@link FloatLists}, all others by Iceberg's own
 * writers.
 */
final class RowColumns {
  /** A column of lists and its place in a row. */
  private record ListColumn(int ordinal, FloatLists lists) {}

  private final MessageType message;
  private final MessageType otherMessage;
  private final ParquetProperties properties;
  private final List<ListColumn> listColumns = new ArrayList<>();
  private final ProjectingInternalRow otherCells;
  private final ParquetValueWriter<InternalRow> others;
  private ColumnWriteStore otherColumns;

  /**
   * @param schema of the table
   * @param properties of pages
   */
  RowColumns(Schema schema, ParquetProperties properties) {
    this.message = ParquetSchemaUtil.convert(schema, "table");
    this.properties = properties;
    StructField[] fields = SparkSchemaUtil.convert(schema).fields();
    List<Type> otherTypes = new ArrayList<>();
    List<StructField> otherFields = new ArrayList<>();
    List<Object> otherOrdinals = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      Type type = message.getType(i);
      if (fields[i].dataType() instanceof ArrayType array
          && array.elementType().equals(DataTypes.FloatType)) {
        listColumns.add(new ListColumn(i, lists(type)));
      } else {
        otherTypes.add(type);
        otherFields.add(fields[i]);
        otherOrdinals.add(i);
      }
    }
    this.otherMessage = new MessageType(message.getName(), otherTypes);
    StructType others = new StructType(otherFields.toArray(StructField[]::new));
    this.otherCells =
        ProjectingInternalRow.apply(
            others, JavaConverters.asScalaBuffer(otherOrdinals).toIndexedSeq());
    this.others = SparkParquetWriters.buildWriter(others, otherMessage);
  }

  private FloatLists lists(Type type) {
    return new FloatLists(
        message.getColumns().stream()
            .filter(column -> column.getPath()[0].equals(type.getName()))
            .findFirst()
            .orElseThrow(),
        message.getMaxDefinitionLevel(type.getName()),
        properties.getPageSizeThreshold());
  }

  /** The schema of files. */
  MessageType message() {
    return message;
  }

  /** Begins a row group, whose pages go there. */
  void begin(ColumnChunkPageWriteStore pages) {
    if (otherColumns != null) {
      otherColumns.close();
    }
    otherColumns = properties.newColumnWriteStore(otherMessage, pages, pages);
    others.setColumnStore(otherColumns);
    listColumns.forEach(
        column -> column.lists.begin(pages.getPageWriter(column.lists.descriptor())));
  }

  /** One more row. */
  void write(InternalRow row) {
    otherCells.project(row);
    others.write(0, otherCells);
    otherColumns.endRecord();
    for (ListColumn column : listColumns) {
      column.lists.write(row.isNullAt(column.ordinal) ? null : row.getArray(column.ordinal));
    }
  }

  /** What is not in a page yet becomes one, of each column. */
  void flush() {
    otherColumns.flush();
    listColumns.forEach(column -> column.lists.flush());
  }

  /** Bytes that are held, those of pages after compression. */
  long bufferedBytes() {
    long bytes = otherColumns.getBufferedSize();
    for (ListColumn column : listColumns) {
      bytes += column.lists.bufferedBytes();
    }
    return bytes;
  }

  /** What Iceberg counts beside the statistics of Parquet. */
  Stream<FieldMetrics<?>> metrics() {
    return others.metrics();
  }

  /** Gives memory back. */
  void close() {
    otherColumns.close();
  }
}
