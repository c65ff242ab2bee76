package io.gradzoo.jobs.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.jobs.table.FactorCells;
import io.gradzoo.jobs.table.Floats;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets that are larger than a chunk may be: an MLP and a CNN on 30 images each. */
class ChunkedSetsTest {
  private static final String ORDER = "gradient_set_id, layer, sample_offset";

  @TempDir static Path folder;
  private static JobRun whole;
  private static JobRun chunked;

  @BeforeAll
  static void computeBoth() {
    whole = zoo("whole");
    // One MLP sample takes 4 (64 + 3 + 3 + 10) = 320 bytes, one of the CNN 4 (30 + 30) = 240.
    chunked = zoo("chunked", "gradients.chunk-bytes=3000");
    new ZooGeneration().run(whole.context());
    chunked
        .store()
        .write(
            JobRun.ZOO,
            MembersTable.SCHEMA,
            whole.rows(MembersTable.SCHEMA),
            TableProperties.of("copy"));
    new GradientComputation().run(whole.context());
    new GradientComputation().run(chunked.context());
  }

  @Test
  void rowsAreCutBySamples() {
    List<Row> mlp =
        chunked
            .rows(LayerFactorsTable.SCHEMA)
            .where("d_in = 64")
            .orderBy("gradient_set_id", "sample_offset")
            .limit(4)
            .collectAsList();

    assertThat(mlp)
        .extracting(row -> row.<Integer>getAs("sample_offset"))
        .containsExactly(0, 9, 18, 27);
    assertThat(mlp).extracting(row -> row.<Integer>getAs("samples")).containsExactly(9, 9, 9, 3);
    assertThat(mlp)
        .allSatisfy(
            row -> assertThat(Floats.of(row, "a")).hasSize(row.<Integer>getAs("samples") * 64));
    assertThat(whole.rows(LayerFactorsTable.SCHEMA).where("samples < 30").count()).isZero();
  }

  @Test
  void chunksPutTogetherAreTheWholeSet() {
    Map<String, List<Row>> one = factors(whole);
    Map<String, List<Row>> cut = factors(chunked);
    assertThat(one).hasSize(6 * 2);
    assertThat(cut).containsOnlyKeys(one.keySet());
    int compared = 0;
    for (String layer : one.keySet()) {
      assertThat(one.get(layer)).hasSize(1);
      FactorCells found = FactorCells.joined(cut.get(layer));
      FactorCells expected = FactorCells.joined(one.get(layer));
      List<Function<FactorCells, float[]>> columns =
          List.of(FactorCells::a, FactorCells::g, FactorCells::dw, FactorCells::db);
      for (Function<FactorCells, float[]> column : columns) {
        if (column.apply(expected) != null) {
          assertClose(column.apply(found), column.apply(expected));
          compared++;
        }
      }
    }
    // Two numbers of every layer: factors, or a whole gradient.
    assertThat(compared).isEqualTo(2 * 6 * 2);
  }

  @Test
  void momentsAndLossesAreThoseOfTheWholeSet() {
    String moments = "gradient_set_id, layer";
    List<Row> expected = ordered(whole.rows(LayerMomentsTable.SCHEMA), moments);
    List<Row> found = ordered(chunked.rows(LayerMomentsTable.SCHEMA), moments);
    assertThat(found).isNotEmpty().hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      for (String column : List.of("mean_dw", "mean_dw2", "mean_db", "mean_db2")) {
        assertClose(Floats.of(found.get(i), column), Floats.of(expected.get(i), column));
      }
    }
    List<Row> sets = ordered(whole.rows(GradientSetsTable.SCHEMA), "gradient_set_id");
    List<Row> cut = ordered(chunked.rows(GradientSetsTable.SCHEMA), "gradient_set_id");
    assertThat(cut).hasSize(6);
    for (int i = 0; i < cut.size(); i++) {
      assertThat(cut.get(i).getString(0)).isEqualTo(sets.get(i).getString(0));
      assertClose(Floats.of(cut.get(i), "sample_loss"), Floats.of(sets.get(i), "sample_loss"));
    }
  }

  /** Rows in the order of samples, by set and layer. */
  private static Map<String, List<Row>> factors(JobRun run) {
    return ordered(run.rows(LayerFactorsTable.SCHEMA), ORDER).stream()
        .collect(
            Collectors.groupingBy(row -> row.getString(0) + "/" + row.<Integer>getAs("layer")));
  }

  private static List<Row> ordered(Dataset<Row> rows, String columns) {
    String[] names = columns.split(", ", -1);
    return rows.orderBy(names[0], Arrays.copyOfRange(names, 1, names.length)).collectAsList();
  }

  private static void assertClose(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-5f * largest));
    }
  }

  private static JobRun zoo(String name, String... more) {
    return JobRun.in(
            folder.resolve(name),
            "zoo.source=random",
            "zoo.runs=6",
            "zoo.architectures=[\"relu:64:dense3:dense10\",\"tanh:1x8x8:conv3k3s2p0:gap:dense10\"]",
            "gradients.members=all",
            "gradients.convolutions=full",
            "gradients.probe-samples=30")
        .with(more);
  }
}
