package io.gradzoo.jobs.table.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.shaded.org.apache.parquet.column.ParquetProperties;
import org.apache.iceberg.shaded.org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.CodecFactory;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * One file of a table, written row by row: as Iceberg's own writer makes it, but for the time that
 * long lists of numbers take.
 */
final class ParquetRows implements FileAppender<InternalRow> {
  private static final int NO_PADDING = 0;

  private final Schema schema;
  private final MetricsConfig counted;
  private final long rowGroupBytes;
  private final ParquetProperties properties;
  private final RowColumns columns;
  private final CompressionCodecFactory codecs;
  private final CompressionCodecFactory.BytesInputCompressor compressor;
  private final ParquetFileWriter file;
  private ColumnChunkPageWriteStore pages;
  private long rows;
  private boolean closed;

  /**
   * @param table whose schema and properties it follows
   * @throws UncheckedIOException if it cannot be made
   */
  ParquetRows(Table table, OutputFile output) {
    this.schema = table.schema();
    this.counted = MetricsConfig.forTable(table);
    this.rowGroupBytes =
        PropertyUtil.propertyAsLong(
            table.properties(),
            TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
            TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES_DEFAULT);
    this.properties = properties(table.properties());
    this.columns = new RowColumns(schema, properties);
    this.codecs = codecs(table.properties());
    this.compressor = codecs.getCompressor(CompressionCodecName.ZSTD);
    try {
      this.file =
          new ParquetFileWriter(
              new ParquetOutput(output),
              columns.message(),
              ParquetFileWriter.Mode.CREATE,
              rowGroupBytes,
              NO_PADDING,
              properties.getColumnIndexTruncateLength(),
              properties.getStatisticsTruncateLength(),
              properties.getPageWriteChecksumEnabled());
      file.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    beginRowGroup();
  }

  private static ParquetProperties properties(Map<String, String> table) {
    return ParquetProperties.builder()
        .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0)
        .withPageSize(
            PropertyUtil.propertyAsInt(
                table,
                TableProperties.PARQUET_PAGE_SIZE_BYTES,
                TableProperties.PARQUET_PAGE_SIZE_BYTES_DEFAULT))
        .withDictionaryPageSize(
            PropertyUtil.propertyAsInt(
                table,
                TableProperties.PARQUET_DICT_SIZE_BYTES,
                TableProperties.PARQUET_DICT_SIZE_BYTES_DEFAULT))
        .build();
  }

  private CompressionCodecFactory codecs(Map<String, String> table) {
    Configuration configuration = new Configuration(false);
    configuration.set(
        "parquet.compression.codec.zstd.level",
        table.getOrDefault(TableProperties.PARQUET_COMPRESSION_LEVEL, "3"));
    return new CodecFactory(configuration, properties.getPageSizeThreshold());
  }

  private void beginRowGroup() {
    rows = 0;
    pages =
        new ColumnChunkPageWriteStore(
            compressor,
            columns.message(),
            properties.getAllocator(),
            properties.getColumnIndexTruncateLength(),
            properties.getPageWriteChecksumEnabled());
    columns.begin(pages);
  }

  @Override
  public void add(InternalRow row) {
    columns.write(row);
    rows++;
    if (columns.bufferedBytes() >= rowGroupBytes) {
      try {
        endRowGroup();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      beginRowGroup();
    }
  }

  private void endRowGroup() throws IOException {
    if (rows == 0) {
      return;
    }
    file.startBlock(rows);
    columns.flush();
    pages.flushToFileWriter(file);
    file.endBlock();
    pages.close();
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      endRowGroup();
      columns.close();
      file.end(Map.of("iceberg.schema", SchemaParser.toJson(schema)));
    } finally {
      codecs.release();
    }
  }

  @Override
  public Metrics metrics() {
    return ParquetUtil.footerMetrics(file.getFooter(), columns.metrics(), counted);
  }

  @Override
  public long length() {
    try {
      return file.getPos() + (closed ? 0 : columns.bufferedBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Long> splitOffsets() {
    return ParquetUtil.getSplitOffsets(file.getFooter());
  }
}
