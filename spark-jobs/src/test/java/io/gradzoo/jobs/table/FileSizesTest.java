package io.gradzoo.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How many files and row groups a table has is a matter of its bytes, not of who made it. */
class FileSizesTest {
  private static final int MEGABYTE_ROWS = 80;

  @TempDir Path folder;

  static Stream<Function<String, TableStore>> stores() {
    return Stream.of(
        place -> TableStores.iceberg(SharedSession.get(), place),
        place -> TableStores.plainParquet(SharedSession.get(), place));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "67108864, 1", "67108865, 2", "1073741824, 16"})
  void aFileIsWrittenForEvery64Megabytes(long bytes, int files) {
    assertThat(FileSizes.files(bytes)).isEqualTo(files);
  }

  @Test
  void rowsOfManyTasksAreOneFileIfTheyAreFewBytes() {
    Dataset<Row> rows = SampleRows.members(SharedSession.get(), 30, 1).repartition(15);

    assertThat(FileSizes.compacted(rows, 30 * 1000).rdd().getNumPartitions()).isEqualTo(1);
    assertThat(FileSizes.compacted(rows, 3 * FileSizes.FILE).rdd().getNumPartitions()).isEqualTo(3);
  }

  /** Writers look how large a row group is after 100 rows unless told otherwise. */
  @ParameterizedTest
  @MethodSource("stores")
  void rowGroupsOfLargeRowsHaveAbout16Megabytes(Function<String, TableStore> opener)
      throws IOException {
    TableStore store = opener.apply(folder.toString());
    Dataset<Row> rows = megabyteRows(store);

    store.write(
        "digits",
        LayerFactorsTable.SCHEMA,
        FileSizes.compacted(rows, MEGABYTE_ROWS << 20),
        TableProperties.of("hash"));

    List<Path> files = files();
    assertThat(files).hasSize(2);
    for (Path file : files) {
      List<BlockMetaData> groups = groups(file);
      assertThat(groups).hasSizeBetween(2, 4);
      assertThat(groups).allMatch(group -> group.getTotalByteSize() <= FileSizes.ROW_GROUP * 5 / 4);
      assertThat(groups.subList(0, groups.size() - 1))
          .allMatch(group -> group.getTotalByteSize() >= FileSizes.ROW_GROUP * 3 / 4);
    }
  }

  /** Each with 2¹⁸ floats in its column a. */
  private static Dataset<Row> megabyteRows(TableStore store) {
    String[] cells = new String[LayerFactorsTable.SCHEMA.columns().size()];
    for (int i = 0; i < cells.length; i++) {
      String name = LayerFactorsTable.SCHEMA.columns().fieldNames()[i];
      String type = LayerFactorsTable.SCHEMA.columns().apply(i).dataType().sql();
      String value =
          switch (name) {
            case "gradient_set_id" -> "CAST(id AS STRING)";
            case "a" -> "transform(sequence(1, 262144), i -> CAST(hash(i, id) AS FLOAT))";
            default -> "NULL";
          };
      cells[i] = "CAST(" + value + " AS " + type + ") AS " + name;
    }
    return store.session().range(0, MEGABYTE_ROWS, 1, 10).selectExpr(cells);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("digits/layer_factors"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  private static List<BlockMetaData> groups(Path file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
      return reader.getFooter().getBlocks();
    }
  }
}
