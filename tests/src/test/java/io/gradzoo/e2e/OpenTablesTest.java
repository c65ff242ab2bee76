package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.task.accuracy.AccuracyTask;
import io.gradzoo.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Other tools can read what Gradzoo writes: Parquet's own reader finds the rows that Spark does.
 */
class OpenTablesTest {
  @TempDir static Path folder;
  private static Workplace warehouse;
  private static Workplace plain;
  private static Outcome demo;

  @BeforeAll
  static void fillBothStores() {
    warehouse = ReferenceJob.get().place();
    plain = new Workplace(folder);
    demo = plain.gradzoo("demo", "--output=" + plain.plainFolder()).ok();
    for (String model : Workplace.MODELS) {
      plain.gradzoo("predict", "--run=" + plain.run(model), "--output=" + plain.plainFolder()).ok();
    }
  }

  @Test
  void theDemoIntoPlainParquetEqualsTheCommandsIntoTheWarehouse() {
    assertThat(plain.results(plain.plain())).isEqualTo(warehouse.results(warehouse.iceberg()));
    assertThat(plain.folder().resolve("warehouse")).doesNotExist();
  }

  @Test
  void theDemoEndsWithTheTablesAndTheReportsPath() {
    assertThat(demo.out()).last().isEqualTo("report: " + plain.page());
    assertThat(demo.out()).filteredOn(line -> line.contains("Kendall τ")).hasSize(2);
    assertThat(plain.page()).isNotEmptyFile();
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("tablesOfBothStores")
  void parquetsOwnReaderFindsTheRowsOfSpark(String table, String store, TableSchema schema)
      throws IOException {
    TableStore tables = store.equals("warehouse") ? warehouse.iceberg() : plain.plain();

    List<List<Object>> found = PlainRows.of(files(store, table));

    assertThat(found)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            Workplace.rows(tables, schema).collectAsList().stream().map(PlainRows::of).toList());
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("tablesOfBothStores")
  void theFilesColumnsAreTheSchemas(String table, String store, TableSchema schema)
      throws IOException {
    for (Path file : files(store, table)) {
      assertThat(PlainRows.schema(file).getFields())
          .extracting(org.apache.parquet.schema.Type::getName)
          .containsExactly(schema.columns().fieldNames());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"warehouse", "plain"})
  void weightsAreListsOfFloat32AndTextIsUtf8(String store) throws IOException {
    for (Path file : files(store, "members")) {
      String schema = PlainRows.schema(file).toString().replaceAll(" = \\d+", "");
      assertThat(schema)
          .contains(
              "optional binary member_id (STRING)",
              "optional group parameters (LIST) {\n    repeated group list {\n",
              " float element;",
              "optional double learning_rate;",
              "optional binary seed (STRING);",
              "optional double test_accuracy;",
              "optional int32 epoch;");
    }
  }

  private static Stream<Arguments> tablesOfBothStores() {
    return Stream.of(
            MembersTable.SCHEMA,
            ProbeSetsTable.SCHEMA,
            GradientSetsTable.SCHEMA,
            LayerFactorsTable.SCHEMA,
            LayerMomentsTable.SCHEMA,
            PredictionsTable.of("scalegmn", new AccuracyTask().column()))
        .flatMap(
            schema ->
                Stream.of("warehouse", "plain")
                    .map(store -> Arguments.of(schema.name(), store, schema)));
  }

  private static List<Path> files(String store, String table) throws IOException {
    Path place =
        store.equals("warehouse")
            ? warehouse.folder().resolve("warehouse/tiny/" + table + "/data")
            : plain.plainFolder().resolve("tiny/" + table);
    try (Stream<Path> files = Files.list(place)) {
      List<Path> parquet = files.filter(file -> file.toString().endsWith(".parquet")).toList();
      assertThat(parquet).isNotEmpty();
      return parquet;
    }
  }
}
