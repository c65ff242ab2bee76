package io.gradzoo.jobs.table.parquet;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.spark.data.SparkParquetWriters;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are read back by Spark's own reader of Parquet and by Iceberg's, bit by bit. */
class DataFileWriterTest {
  private static final StructType COLUMNS =
      StructType.fromDDL(
          "id INT, weights ARRAY<FLOAT>, words STRUCT<name: STRING, score: DOUBLE>,"
              + " places ARRAY<INT>, gradients ARRAY<FLOAT>");

  /** Small, so that there are many of both. */
  private static final Map<String, String> PAGES_AND_ROW_GROUPS =
      Map.of(
          "write.parquet.page-size-bytes", "2048",
          "write.parquet.row-group-size-bytes", "65536");

  @TempDir Path folder;

  @Test
  void everyBitOfEveryListComesBackFromSparksReader() throws IOException {
    List<Row> rows = rows(400);
    Table table = table(PAGES_AND_ROW_GROUPS);

    List<DataFile> files = DataFileWriter.write(table, frame(rows).repartition(3));

    String[] paths = files.stream().map(DataFile::location).toArray(String[]::new);
    for (String vectorized : List.of("true", "false")) {
      SparkSession reader = SharedSession.get().newSession();
      reader.conf().set("spark.sql.parquet.enableVectorizedReader", vectorized);
      reader.conf().set("spark.sql.parquet.enableNestedColumnVectorizedReader", vectorized);
      assertThat(digests(reader.read().parquet(paths))).isEqualTo(digests(frame(rows)));
    }
    assertThat(files.stream().mapToLong(DataFile::recordCount).sum()).isEqualTo(400);
    assertThat(blocks(paths[0]).size()).isGreaterThan(2);
  }

  @Test
  void aCommittedFileIsReadByIcebergsReader() throws IOException {
    List<Row> rows = rows(50);
    Table table = table(Map.of());
    AppendFiles append = table.newAppend();
    DataFileWriter.write(table, frame(rows)).forEach(append::appendFile);
    append.commit();

    List<Row> read = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      for (Record record : records) {
        Record words = (Record) record.get(2);
        read.add(
            RowFactory.create(
                record.get(0),
                record.get(1),
                words == null ? null : RowFactory.create(words.get(0), words.get(1)),
                record.get(3),
                record.get(4)));
      }
    }

    assertThat(digests(frame(read))).isEqualTo(digests(frame(rows)));
  }

  @Test
  void whatIcebergKnowsOfAFileIsWhatItsOwnWriterCounts() throws IOException {
    Dataset<Row> rows = frame(rows(100)).coalesce(1);
    Table table = table(Map.of());
    FileAppender<InternalRow> own =
        Parquet.write(table.io().newOutputFile(folder.resolve("own.parquet").toString()))
            .schema(table.schema())
            .createWriterFunc(type -> SparkParquetWriters.buildWriter(COLUMNS, type))
            .build();

    List<DataFile> files = DataFileWriter.write(table, rows);
    try (own) {
      rows.queryExecution().toRdd().toJavaRDD().map(InternalRow::copy).collect().forEach(own::add);
    }

    assertThat(files).hasSize(1);
    assertThat(files.get(0).recordCount()).isEqualTo(own.metrics().recordCount());
    assertThat(files.get(0).valueCounts()).isEqualTo(own.metrics().valueCounts());
    assertThat(files.get(0).nullValueCounts()).isEqualTo(own.metrics().nullValueCounts());
    assertThat(files.get(0).nanValueCounts()).isEqualTo(own.metrics().nanValueCounts());
    assertThat(files.get(0).lowerBounds()).isEqualTo(own.metrics().lowerBounds());
    assertThat(files.get(0).upperBounds()).isEqualTo(own.metrics().upperBounds());
    assertThat(files.get(0).columnSizes().keySet()).isEqualTo(own.metrics().columnSizes().keySet());
  }

  @Test
  void aRowGroupKnowsItsCountsAndEnds() throws IOException {
    float[] ends = {3, -7.5f, 2};
    Table table = table(Map.of());

    List<DataFile> files =
        DataFileWriter.write(
            table,
            frame(List.of(row(1, ends), row(2, null), row(3, new float[0]), row(4, ends)))
                .coalesce(1));

    ColumnChunkMetaData weights =
        blocks(files.get(0).location()).get(0).getColumns().stream()
            .filter(column -> column.getPath().toDotString().startsWith("weights."))
            .findFirst()
            .orElseThrow();
    assertThat(weights.getValueCount()).isEqualTo(8);
    assertThat(weights.getStatistics().getNumNulls()).isEqualTo(2);
    assertThat(weights.getStatistics().minAsString()).isEqualTo("-7.5");
    assertThat(weights.getStatistics().maxAsString()).isEqualTo("3.0");
  }

  @Test
  void aListThatLacksANumberIsRefusedAndLeavesNoFile() throws IOException {
    Table table = table(Map.of());
    Dataset<Row> rows =
        frame(rows(20))
            .selectExpr(
                "id",
                "IF(id = 11, array(1.5F, null), weights) weights",
                "words",
                "places",
                "gradients")
            .coalesce(1);

    assertThatThrownBy(() -> DataFileWriter.write(table, rows))
        .hasStackTraceContaining(
            "column weights: expected a number at each place of a list, found none at 1");
    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void filesOfTasksThatEndedBeforeAnotherFailedAreDeleted() throws IOException {
    Table table = table(Map.of());
    MapPartitionsFunction<Row, Row> failsLate =
        partition -> {
          List<Row> all = new ArrayList<>();
          partition.forEachRemaining(all::add);
          if (all.stream().anyMatch(row -> row.getInt(0) == 399)) {
            Thread.sleep(3_000);
            throw new IOException("a disk was lost");
          }
          return all.iterator();
        };
    Dataset<Row> rows =
        frame(rows(400))
            .repartitionByRange(4, col("id"))
            .mapPartitions(failsLate, ExpressionEncoder.apply(COLUMNS));

    assertThatThrownBy(() -> DataFileWriter.write(table, rows))
        .hasStackTraceContaining("a disk was lost");
    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void noRowsAreNoFiles() throws IOException {
    assertThat(DataFileWriter.write(table(Map.of()), frame(List.of()))).isEmpty();
    assertThat(dataFiles()).isEmpty();
  }

  /** With lists that are missing, empty, of one number, longer than a page and than a row group. */
  private static List<Row> rows(int count) {
    Random random = new Random(1);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length =
          switch (i % 7) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> 700 + random.nextInt(700);
            case 3 -> i == 3 ? 40_000 : 3;
            default -> random.nextInt(100);
          };
      rows.add(
          RowFactory.create(
              i,
              random.nextInt(10) == 0 ? null : numbers(random, length),
              i % 11 == 0 ? null : RowFactory.create("name" + i, random.nextDouble()),
              i % 3 == 0 ? null : List.of(i, i + 1),
              i % 2 == 0 ? null : numbers(random, i % 5)));
    }
    return rows;
  }

  private static float[] numbers(Random random, int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] =
          switch (random.nextInt(50)) {
            case 0 -> Float.NaN;
            case 1 -> -0.0f;
            case 2 -> Float.NEGATIVE_INFINITY;
            case 3 -> Float.MIN_VALUE;
            default -> (float) random.nextGaussian();
          };
    }
    return numbers;
  }

  private static Row row(int id, float[] weights) {
    return RowFactory.create(id, weights, null, null, null);
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return SharedSession.get().createDataFrame(rows, COLUMNS);
  }

  private Table table(Map<String, String> properties) {
    return new HadoopTables(new Configuration())
        .create(
            SparkSchemaUtil.convert(COLUMNS),
            PartitionSpec.unpartitioned(),
            properties,
            folder.resolve("table").toString());
  }

  /** Every row in words, numbers by their bits. */
  private static List<String> digests(Dataset<Row> rows) {
    return rows.orderBy("id").collectAsList().stream()
        .map(
            row ->
                row.get(0)
                    + " "
                    + bits(row, 1)
                    + " "
                    + row.get(2)
                    + " "
                    + (row.isNullAt(3) ? null : row.getList(3))
                    + " "
                    + bits(row, 4))
        .toList();
  }

  private static String bits(Row row, int column) {
    return row.isNullAt(column)
        ? null
        : row.<Float>getList(column).size()
            + ":"
            + row.<Float>getList(column).stream()
                .map(number -> HexFormat.of().toHexDigits(Float.floatToIntBits(number)))
                .toList()
                .hashCode();
  }

  private static List<BlockMetaData> blocks(String file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file), new Configuration()))) {
      return reader.getFooter().getBlocks();
    }
  }

  private List<Path> dataFiles() throws IOException {
    Path data = folder.resolve("table/data");
    if (!Files.exists(data)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(data)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }
}
