package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.datasets.image.DigitImages;
import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerLowRankTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.task.accuracy.AccuracyTask;
import io.gradzoo.jobs.task.diagonal.FisherDiagonalTask;
import io.gradzoo.jobs.task.trace.FisherTraceTask;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What SQL users ask of tables and files, in DuckDB and in Spark, without a word of Gradzoo's. */
class SqlReadersTest {
  /** Of tiny.conf. */
  private static final long SEED = 258;

  @TempDir static Path folder;
  private static Path reference;

  @BeforeAll
  static void writePlainTables() {
    reference = ReferenceJob.get().place().folder();
    for (TableSchema schema :
        List.of(
            MembersTable.SCHEMA,
            ProbeSetsTable.SCHEMA,
            LayerFactorsTable.SCHEMA,
            LayerMomentsTable.SCHEMA)) {
      new Workplace(folder)
          .plain()
          .write(
              Workplace.ZOO,
              schema,
              Workplace.rows(ReferenceJob.get().place().iceberg(), schema),
              TableProperties.of("copy"));
    }
  }

  static Stream<TableSchema> schemas() {
    return Stream.of(
        MembersTable.SCHEMA,
        ProbeSetsTable.SCHEMA,
        GradientSetsTable.SCHEMA,
        LayerFactorsTable.SCHEMA,
        LayerLowRankTable.SCHEMA,
        LayerMomentsTable.SCHEMA,
        PredictionsTable.of("m", new AccuracyTask().column()),
        PredictionsTable.of("m", new FisherTraceTask().column()),
        PredictionsTable.of("m", new FisherDiagonalTask().column()));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void noColumnNeedsQuotes(TableSchema schema) throws SQLException {
    SparkSession strict = SharedSession.get().newSession();
    strict.conf().set("spark.sql.ansi.enabled", true);
    strict.conf().set("spark.sql.ansi.enforceReservedKeywords", true);
    String[] names = schema.columns().fieldNames();
    String nulls =
        Arrays.stream(schema.columns().fields())
            .map(field -> "CAST(NULL AS %s) AS %s".formatted(field.dataType().sql(), field.name()))
            .reduce((a, b) -> a + ", " + b)
            .orElseThrow();
    String select = "SELECT " + String.join(", ", names) + " FROM ";

    assertThat(strict.sql(select + "(SELECT " + nulls + ")").columns()).isEqualTo(names);
    String table =
        Arrays.stream(names)
            .map(name -> name + " INT")
            .reduce((a, b) -> a + ", " + b)
            .orElseThrow();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (" + table + ")");
      assertThat(statement.executeQuery(select + "t").next()).isFalse();
    }
  }

  /** By the members' positions and the shares of the model's config, and by the list of runs. */
  @ParameterizedTest
  @MethodSource("models")
  void theTestMembersOfAnEvaluationAreFoundInTheTables(String model) throws SQLException {
    String family = model.equals("scalegmn") ? "cnn" : "mlp";
    String run = reference.resolve("runs/tiny-" + model).toString();
    List<String> judged =
        strings(
            "SELECT unnest(predictions).member_id FROM read_json('RUN/evaluation.json')"
                .replace("RUN", run));
    String healthy = " WHERE status = 'ok' AND family = '" + family + "' AND ";

    List<String> byPosition =
        strings(
            ("SELECT member_id FROM '"
                    + members()
                    + "', (SELECT unnest(gradzoo.splits) FROM read_json('RUN/config.json'))"
                    + healthy
                    + "split_position >= train + validation ORDER BY member_id")
                .replace("RUN", run));
    List<String> byRun =
        strings(
            ("SELECT member_id FROM '"
                    + members()
                    + "'"
                    + healthy
                    + "run_id IN (SELECT unnest(test) FROM read_json('RUN/splits.json'))"
                    + " ORDER BY member_id")
                .replace("RUN", run));

    assertThat(judged).isNotEmpty();
    assertThat(byPosition).isEqualTo(judged);
    assertThat(byRun).isEqualTo(judged);
  }

  static List<String> models() {
    return Workplace.MODELS;
  }

  @Test
  void theTestImagesAreThoseOfTheImageSet() throws SQLException {
    ImageSet digits = DigitImages.load();
    ImageSet.Division division = digits.divide(SEED, 0.75);
    String probes = table(ProbeSetsTable.SCHEMA);

    List<String> test = strings("SELECT unnest(test_image_ids) FROM '" + probes + "'");
    List<String> samples = strings("SELECT unnest(image_ids) FROM '" + probes + "'");
    List<String> pixels = strings("SELECT unnest(x) FROM '" + probes + "'");
    List<String> labels = strings("SELECT unnest(y) FROM '" + probes + "'");

    assertThat(test)
        .hasSize(division.test().size())
        .isEqualTo(Arrays.stream(division.testIndices()).mapToObj(Integer::toString).toList());
    assertThat(samples).hasSize(8).isEqualTo(test.subList(0, 8));
    int size = digits.shape().size();
    for (int n = 0; n < samples.size(); n++) {
      int image = Integer.parseInt(samples.get(n));
      assertThat(labels.get(n)).isEqualTo(Integer.toString(digits.labels()[image]));
      for (int i = 0; i < size; i++) {
        assertThat(Float.parseFloat(pixels.get(n * size + i)))
            .isEqualTo(digits.pixels()[image * size + i]);
      }
    }
  }

  @Test
  void everyArrayHasTheLengthThatItsShapeSays() throws SQLException {
    String product = "list_product(%s_shape) * samples <> len(%s)";
    String factors = table(LayerFactorsTable.SCHEMA);
    String moments = table(LayerMomentsTable.SCHEMA);

    for (String column : List.of("a", "g", "dw")) {
      String wrong = product.formatted(column, column);
      assertThat(count(factors, "kind IN ('linear', 'conv') AND " + wrong)).isZero();
    }
    assertThat(count(factors, "dw_shape IS NULL")).isZero();
    assertThat(count(factors, "kind = 'conv' AND len(dw_shape) = 4")).isPositive();
    assertThat(count(factors, "kind = 'linear' AND dw_shape = [d_out, d_in]")).isPositive();
    assertThat(count(moments, "list_product(dw_shape) <> len(mean_dw) OR dw_shape IS NULL"))
        .isZero();
  }

  /** Four tasks made the zoo, and several the gradient sets. */
  @Test
  void everyTableOfATinyZooIsOneFile() throws IOException {
    Path zoo = reference.resolve("warehouse/tiny");
    List<String> tables;
    try (Stream<Path> folders = Files.list(zoo)) {
      tables = folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }

    assertThat(tables)
        .containsExactly(
            "gradient_sets",
            "layer_factors",
            "layer_moments",
            "members",
            "predictions_gradmetanet",
            "predictions_scalegmn",
            "probe_sets");
    for (String table : tables) {
      try (Stream<Path> files = Files.list(zoo.resolve(table).resolve("data"))) {
        assertThat(files.map(Path::toString).filter(file -> file.endsWith(".parquet")))
            .as(table)
            .hasSize(1);
      }
    }
  }

  private static long count(String table, String condition) throws SQLException {
    String query = "SELECT count(*) FROM '" + table + "' WHERE " + condition;
    return Long.parseLong(strings(query).get(0));
  }

  /** The first column of what a query gives. */
  private static List<String> strings(String query) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        strings.add(result.getString(1));
      }
    }
    return strings;
  }

  private static String members() {
    return table(MembersTable.SCHEMA);
  }

  private static String table(TableSchema schema) {
    return new Workplace(folder)
        .plainFolder()
        .resolve(Workplace.ZOO)
        .resolve(schema.name())
        .resolve("*.parquet")
        .toString();
  }
}
