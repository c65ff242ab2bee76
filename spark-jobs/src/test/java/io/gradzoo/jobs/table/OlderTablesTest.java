package io.gradzoo.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.testing.SharedSession;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables whose columns older builds wrote are read in the columns of today, value by value. */
class OlderTablesTest {
  private static final long SEED = Long.MIN_VALUE + 1;

  @TempDir Path folder;

  static Stream<Function<String, TableStore>> stores() {
    return Stream.of(
        place -> TableStores.iceberg(SharedSession.get(), place),
        place -> TableStores.plainParquet(SharedSession.get(), place));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void membersKeepTheirSeedAndHaveNoPosition(Function<String, TableStore> opener) {
    String version1 =
        """
        member_id STRING, run_id STRING, epoch INT, architecture STRING, family STRING,
        parameters ARRAY<FLOAT>,
        hyperparameters STRUCT<
          activation: STRING, initializer: STRING, initializer_scale: DOUBLE, optimizer: STRING,
          learning_rate: DOUBLE, l2: DOUBLE, dropout: DOUBLE, train_fraction: DOUBLE,
          batch_size: INT, seed: BIGINT>,
        train_loss DOUBLE, train_accuracy DOUBLE, test_loss DOUBLE, test_accuracy DOUBLE,
        status STRING, reason STRING, parameters_sha256 STRING, config_hash STRING,
        code_version STRING
        """;
    Row row =
        read(
            opener,
            MembersTable.SCHEMA,
            TableSchema.of("members", 1, version1, "member_id"),
            "member_id = 'm'",
            "parameters = array(1F, 2F)",
            "status = 'ok'",
            "hyperparameters = named_struct('activation', 'relu', 'initializer', 'normal',"
                + " 'initializer_scale', 0.5D, 'optimizer', 'sgd', 'learning_rate', 0.1D,"
                + " 'l2', 0D, 'dropout', 0D, 'train_fraction', 1D, 'batch_size', 32,"
                + " 'seed', CAST('"
                + SEED
                + "' AS BIGINT))");

    MembersTable.MemberRow member = MembersTable.MemberRow.of(row);

    assertThat(member.run().hyperparameters().seed()).isEqualTo(SEED);
    assertThat(member.run().hyperparameters().batchSize()).isEqualTo(32);
    assertThat(member.run().splitPosition()).isNull();
    assertThat(member.scores().psnr()).isNull();
    assertThat(member.weights().parameters()).containsExactly(1f, 2f);
    assertThat(member.fate().status()).isEqualTo(MemberStatus.OK);
    assertThat(member.published()).isEqualTo(MembersTable.Published.NOTHING);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void lowRankGradientsAreThoseOfTheReservedWords(Function<String, TableStore> opener) {
    String version1 =
        """
        gradient_set_id STRING, layer INT, sample_offset INT, samples INT, rank INT,
        `left` ARRAY<FLOAT>, `right` ARRAY<FLOAT>, db ARRAY<FLOAT>, energy ARRAY<FLOAT>
        """;
    Row row =
        read(
            opener,
            LayerLowRankTable.SCHEMA,
            TableSchema.of("layer_lowrank", 1, version1, "gradient_set_id"),
            "layer = 3",
            "sample_offset = 0",
            "rank = 2",
            "left = array(1F, 2F)",
            "right = array(3F, 4F)",
            "energy = array(0.5F)");

    assertThat(Floats.of(row, "left_vectors")).containsExactly(1f, 2f);
    assertThat(Floats.of(row, "right_vectors")).containsExactly(3f, 4f);
    assertThat(row.isNullAt(row.fieldIndex("dw_shape"))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void gradientSetsOfTheSecondVersionKeepTheirSeed(Function<String, TableStore> opener) {
    String version2 =
        """
        gradient_set_id STRING, member_id STRING, run_id STRING, probe_set_id STRING, role STRING,
        architecture STRING, family STRING, loss STRING, signal_kind STRING, output INT,
        signal_seed BIGINT, reduction STRING, includes_l2 BOOLEAN, samples INT,
        sample_loss ARRAY<FLOAT>, mean_gradient_error DOUBLE, test_accuracy DOUBLE,
        parameters_sha256 STRING, config_hash STRING, code_version STRING
        """;
    Row row =
        read(
            opener,
            GradientSetsTable.SCHEMA,
            TableSchema.of("gradient_sets", 2, version2, "gradient_set_id"),
            "role = 'target'",
            "output = 4",
            "samples = 7",
            "signal_seed = CAST('" + SEED + "' AS BIGINT)");

    GradientSetsTable.GradientSetRow set = GradientSetsTable.GradientSetRow.of(row);

    assertThat(set.role()).isEqualTo("target");
    assertThat(set.signal().output()).isEqualTo(4);
    assertThat(set.signal().seed()).isEqualTo(SEED);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void probeSetsKeepTheirSeedAndHaveNoImages(Function<String, TableStore> opener) {
    String version1 =
        """
        probe_set_id STRING, dataset STRING, split STRING, sample_ids ARRAY<BIGINT>,
        x ARRAY<FLOAT>, y ARRAY<INT>, preprocessing STRING, seed BIGINT
        """;
    Row row =
        read(
            opener,
            ProbeSetsTable.SCHEMA,
            TableSchema.of("probe_sets", 1, version1, "probe_set_id"),
            "sample_ids = array(0L, 1L)",
            "x = array(1F, 2F)",
            "y = array(8, 9)",
            "seed = CAST('" + SEED + "' AS BIGINT)");

    ProbeSetsTable.ProbeSetRow probe = ProbeSetsTable.ProbeSetRow.of(row);

    assertThat(probe.seed()).isEqualTo(SEED);
    assertThat(probe.y()).containsExactly(8, 9);
    assertThat(probe.images().sampleIds()).containsExactly(0, 1);
    assertThat(probe.images().imageIds()).isNull();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void momentsHaveNoShape(Function<String, TableStore> opener) {
    String version1 =
        """
        gradient_set_id STRING, layer INT, kind STRING, samples INT, mean_dw ARRAY<FLOAT>,
        mean_dw2 ARRAY<FLOAT>, mean_db ARRAY<FLOAT>, mean_db2 ARRAY<FLOAT>
        """;
    Row row =
        read(
            opener,
            LayerMomentsTable.SCHEMA,
            TableSchema.of("layer_moments", 1, version1, "gradient_set_id"),
            "layer = 2",
            "mean_dw2 = array(5F)");

    LayerMomentsTable.MomentsRow moments = LayerMomentsTable.MomentsRow.of(row);

    assertThat(moments.layer()).isEqualTo(2);
    assertThat(moments.moments().meanSquaredWeight()).containsExactly(5f);
    assertThat(moments.dwShape()).isNull();
  }

  @Test
  void aColumnOfThatNameInAnOlderTableIsNotTaken() {
    TableStore store = TableStores.plainParquet(SharedSession.get(), folder.toString());
    TableSchema odd =
        TableSchema.of("layer_moments", 1, "gradient_set_id STRING, dw_shape ARRAY<INT>");
    Dataset<Row> rows =
        SchemaRows.completed(cells(store, odd, "dw_shape = array(1)"), schemaOfOne(), 1);

    assertThat(rows.where("dw_shape IS NULL").count()).isEqualTo(1);
  }

  private static TableSchema schemaOfOne() {
    return TableSchema.of("layer_moments", 2, "gradient_set_id STRING, dw_shape ARRAY<INT>")
        .withAdded(2, "dw_shape");
  }

  /** The only row of a table that was written in an older schema. */
  private Row read(
      Function<String, TableStore> opener, TableSchema schema, TableSchema older, String... cells) {
    TableStore store = opener.apply(folder.toString());
    store.write("digits", older, cells(store, older, cells), TableProperties.of("hash"));

    Dataset<Row> read = store.read("digits", schema);

    assertThat(read.columns()).containsExactly(schema.columns().fieldNames());
    return read.collectAsList().get(0);
  }

  /** One row with these cells, the others null. */
  private static Dataset<Row> cells(TableStore store, TableSchema schema, String... cells) {
    Column[] columns =
        Arrays.stream(schema.columns().fields())
            .map(
                field ->
                    functions
                        .expr(
                            Arrays.stream(cells)
                                .filter(cell -> cell.startsWith(field.name() + " ="))
                                .map(cell -> cell.substring(cell.indexOf('=') + 1))
                                .findFirst()
                                .orElse("NULL"))
                        .cast(field.dataType())
                        .as(field.name()))
            .toArray(Column[]::new);
    return store.session().range(1).select(columns);
  }
}
