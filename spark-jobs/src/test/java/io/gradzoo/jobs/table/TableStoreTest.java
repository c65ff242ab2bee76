package io.gradzoo.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What both kinds of store promise. */
class TableStoreTest {
  private static final TableProperties PROPERTIES =
      TableProperties.of("hash-1", "code-1").with("config", "{}");
  private static final TableId MEMBERS = MembersTable.SCHEMA.in("digits");

  @TempDir Path folder;

  static Stream<Named<Function<String, TableStore>>> stores() {
    return Stream.of(
        Named.of("iceberg", where -> TableStores.iceberg(SharedSession.get(), where)),
        Named.of("plain", where -> TableStores.plainParquet(SharedSession.get(), where)));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void rowsAndPropertiesComeBack(Function<String, TableStore> opener) {
    TableStore store = opener.apply(folder.resolve("new/warehouse").toString());

    write(store, 23, 1);

    assertThat(sorted(store)).isEqualTo(expected(store, 23, 1));
    StoredTable table = opener.apply(folder.resolve("new/warehouse").toString()).describe(MEMBERS);
    assertThat(table)
        .isEqualTo(
            new StoredTable(
                MEMBERS,
                MembersTable.SCHEMA.version(),
                23,
                table.bytes(),
                table.made(),
                folder.resolve("new/warehouse/digits/members").toString(),
                PROPERTIES));
    assertThat(table.made()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    assertThat(table.bytes()).isBetween(1_000L, 100_000L);
    assertThat(table.properties().codeVersion()).isEqualTo("code-1");
    assertThat(store.list()).containsExactly(MEMBERS);
    assertThat(store.exists(MEMBERS)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aWriteReplacesTheWholeTable(Function<String, TableStore> opener) {
    TableStore store = opener.apply(folder.toString());
    write(store, 23, 1);

    write(store, 7, 2);

    assertThat(sorted(store)).isEqualTo(expected(store, 7, 2));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aTableMayBeEmpty(Function<String, TableStore> opener) {
    TableStore store = opener.apply(folder.toString());

    write(store, 0, 1);

    assertThat(sorted(store)).isEmpty();
    assertThat(store.describe(MEMBERS).rows()).isZero();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aTableMayBeRewrittenFromItsOwnRows(Function<String, TableStore> opener) {
    TableStore store = opener.apply(folder.toString());
    write(store, 10, 1);

    Dataset<Row> rows = store.read("digits", MembersTable.SCHEMA).filter("status = 'ok'");
    store.write("digits", MembersTable.SCHEMA, rows, PROPERTIES);

    assertThat(sorted(store)).hasSize(8);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void everySchemaCanBeWritten(Function<String, TableStore> opener) {
    TableStore store = opener.apply(folder.toString());
    List<TableSchema> schemas =
        List.of(
            MembersTable.SCHEMA,
            ProbeSetsTable.SCHEMA,
            GradientSetsTable.SCHEMA,
            LayerFactorsTable.SCHEMA,
            LayerMomentsTable.SCHEMA);

    for (TableSchema schema : schemas) {
      Dataset<Row> none = store.session().createDataFrame(List.of(), schema.columns());
      store.write("digits", schema, none, PROPERTIES);
      assertThat(store.read("digits", schema).schema()).isEqualTo(schema.columns());
    }
    assertThat(store.list()).hasSize(5);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aFailingTaskLeavesTheOldRows(Function<String, TableStore> opener) throws IOException {
    TableStore store = opener.apply(folder.toString());
    write(store, 10, 1);

    assertThatThrownBy(
            () ->
                store.write(
                    "digits",
                    MembersTable.SCHEMA,
                    SampleRows.members(store.session(), 20, 2)
                        .withColumn(
                            "reason",
                            org.apache.spark.sql.functions.expr(
                                "if(run_id = 'r000013', raise_error('boom'), reason)")),
                    PROPERTIES))
        .hasStackTraceContaining("boom");

    assertThat(sorted(store)).isEqualTo(expected(store, 10, 1));
    assertThat(hidden(folder.resolve("digits"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void otherColumnsAreRefused(Function<String, TableStore> opener) {
    TableStore store = opener.apply(folder.toString());
    Dataset<Row> rows = SampleRows.members(store.session(), 3, 1);

    assertThatThrownBy(
            () -> store.write("digits", MembersTable.SCHEMA, rows.drop("epoch"), PROPERTIES))
        .hasMessage("write members: the rows given: expected a column epoch INT, found none");
    assertThatThrownBy(
            () ->
                store.write(
                    "digits",
                    MembersTable.SCHEMA,
                    rows.withColumn("epoch", rows.col("epoch").cast("bigint")),
                    PROPERTIES))
        .hasMessageContaining("expected a column epoch INT, found BIGINT");
    assertThatThrownBy(
            () ->
                store.write(
                    "digits",
                    MembersTable.SCHEMA,
                    rows.withColumn("x", rows.col("epoch")),
                    PROPERTIES))
        .hasMessageContaining("expected 21 columns, found 22");
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aMissingTableIsNamedWithTheCommandThatMakesIt(Function<String, TableStore> opener) {
    TableStore store = opener.apply(folder.resolve("none").toString());

    assertThat(store.list()).isEmpty();
    assertThat(store.exists(MEMBERS)).isFalse();
    assertThat(problem(() -> store.read("digits", MembersTable.SCHEMA)))
        .isEqualTo(
            "read digits.members: "
                + folder
                + "/none/digits/members: expected a table, found nothing (fix: run gradzoo zoo"
                + " generate)");
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aFolderThatIsNotATableIsHalfWritten(Function<String, TableStore> opener) throws IOException {
    Files.createDirectories(folder.resolve("digits/members/data"));
    TableStore store = opener.apply(folder.toString());

    assertThat(problem(() -> store.read("digits", MembersTable.SCHEMA)))
        .contains("expected a complete table, found a folder without")
        .contains("(fix: delete it and run gradzoo zoo generate)");
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aNewerSchemaVersionIsRefused(Function<String, TableStore> opener) {
    TableStore store = opener.apply(folder.toString());
    TableSchema newer =
        new TableSchema(
            "members",
            MembersTable.SCHEMA.version() + 1,
            MembersTable.SCHEMA.columns(),
            MembersTable.SCHEMA.key(),
            List.of());
    store.write("digits", newer, SampleRows.members(store.session(), 3, 1), PROPERTIES);

    assertThat(problem(() -> store.read("digits", MembersTable.SCHEMA)))
        .contains(
            "expected schema version 3 or older, found version 4, which a newer Gradzoo wrote");
    assertThat(store.describe(MEMBERS).schemaVersion()).isEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void gradientSetsOfTheFirstVersionAreReadAsInputSets(Function<String, TableStore> opener) {
    TableStore store = opener.apply(folder.toString());
    String version1 =
        """
        gradient_set_id STRING, member_id STRING, run_id STRING, probe_set_id STRING,
        architecture STRING, family STRING, loss STRING, signal_kind STRING, reduction STRING,
        includes_l2 BOOLEAN, samples INT, sample_loss ARRAY<FLOAT>, mean_gradient_error DOUBLE,
        test_accuracy DOUBLE, parameters_sha256 STRING, config_hash STRING, code_version STRING
        """;
    writeEmptyRows(store, TableSchema.of("gradient_sets", 1, version1, "gradient_set_id"));

    Dataset<Row> read = store.read("digits", GradientSetsTable.SCHEMA);

    assertThat(read.where("role = 'input' AND output IS NULL").count()).isEqualTo(2);
    assertThat(read.columns()).contains(GradientSetsTable.SCHEMA.columns().fieldNames());
  }

  @ParameterizedTest
  @MethodSource("stores")
  void factorsOfTheFirstVersionAreReadWithoutTokens(Function<String, TableStore> opener) {
    TableStore store = opener.apply(folder.toString());
    String version1 =
        """
        gradient_set_id STRING, layer INT, kind STRING, sample_offset INT, samples INT, d_in INT,
        d_out INT, a ARRAY<FLOAT>, g ARRAY<FLOAT>, dw ARRAY<FLOAT>, db ARRAY<FLOAT>
        """;
    writeEmptyRows(store, TableSchema.of("layer_factors", 1, version1, "gradient_set_id"));

    Dataset<Row> read = store.read("digits", LayerFactorsTable.SCHEMA);

    assertThat(
            read.where("tokens IS NULL AND in_space IS NULL AND out_space IS NULL AND ids IS NULL")
                .count())
        .isEqualTo(2);
  }

  /** Two rows of which every cell is null. */
  private static void writeEmptyRows(TableStore store, TableSchema schema) {
    String[] cells =
        Arrays.stream(schema.columns().fields())
            .map(field -> "CAST(NULL AS %s) AS %s".formatted(field.dataType().sql(), field.name()))
            .toArray(String[]::new);
    store.write("digits", schema, store.session().range(2).selectExpr(cells), PROPERTIES);
  }

  @Test
  void aColumnThatTheFirstVersionHadIsNeverMadeUp() {
    TableStore store = TableStores.plainParquet(SharedSession.get(), folder.toString());
    TableSchema older =
        TableSchema.of("gradient_sets", 1, "gradient_set_id STRING", "gradient_set_id");
    store.write(
        "digits", older, store.session().range(2).selectExpr("'x' AS gradient_set_id"), PROPERTIES);

    assertThat(problem(() -> store.read("digits", GradientSetsTable.SCHEMA)))
        .contains("expected a column member_id STRING, found none");
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aTableOfAnotherKindIsRefused(Function<String, TableStore> opener) {
    TableStore store = opener.apply(folder.toString());
    TableSchema other =
        new TableSchema("members", 1, ProbeSetsTable.SCHEMA.columns(), List.of("seed"), List.of());
    store.write(
        "digits", other, store.session().createDataFrame(List.of(), other.columns()), PROPERTIES);

    assertThat(problem(() -> store.read("digits", MembersTable.SCHEMA)))
        .contains("expected a column member_id STRING, found none");
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aFileInThePlaceOfTheFolderIsRefused(Function<String, TableStore> opener) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThat(problem(() -> opener.apply(file.toString())))
        .contains(file + ": expected a folder, found a file");
    assertThat(problem(() -> opener.apply(file.resolve("below").toString())))
        .contains(file + ": expected a folder, found a file");
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aFileInThePlaceOfAZooIsNamed(Function<String, TableStore> opener) throws IOException {
    Files.writeString(folder.resolve("digits"), "x");
    TableStore store = opener.apply(folder.toString());

    assertThat(problem(() -> write(store, 3, 1))).contains("write digits.members: " + folder);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void anUnknownFileSystemIsRefused(Function<String, TableStore> opener) {
    assertThat(problem(() -> opener.apply("nosuch://bucket/warehouse")))
        .contains("nosuch://bucket/warehouse: No FileSystem for scheme \"nosuch\"");
  }

  static void write(TableStore store, int count, long seed) {
    store.write(
        "digits",
        MembersTable.SCHEMA,
        SampleRows.members(store.session(), count, seed),
        PROPERTIES);
  }

  static List<String> sorted(TableStore store) {
    return SampleRows.digests(store.read("digits", MembersTable.SCHEMA));
  }

  static List<String> expected(TableStore store, int count, long seed) {
    return SampleRows.digests(SampleRows.members(store.session(), count, seed));
  }

  static String problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    GradzooException e = catchThrowableOfType(GradzooException.class, call);
    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(e.problems()).singleElement().asString().doesNotContain("\n");
    return e.getMessage();
  }

  static List<String> hidden(Path zoo) throws IOException {
    try (Stream<Path> files = Files.list(zoo)) {
      return files.map(f -> f.getFileName().toString()).filter(n -> n.startsWith(".")).toList();
    }
  }
}
