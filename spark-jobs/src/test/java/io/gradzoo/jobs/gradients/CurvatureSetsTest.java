package io.gradzoo.jobs.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.jobs.table.Floats;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableContentHash;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output gradients of untrained SIRENs on points of their own, and their Fisher diagonals. */
class CurvatureSetsTest {
  private static final int MEMBERS = 30;
  private static final int INPUT = 16;
  private static final int TARGET = 100;
  private static final int HIDDEN = 5;
  private static final String SIREN = "sine1:1:dense5:dense5:dense1";
  private static final List<TableSchema> TABLES =
      List.of(
          MembersTable.SCHEMA,
          ProbeSetsTable.SCHEMA,
          LayerFactorsTable.SCHEMA,
          LayerMomentsTable.SCHEMA,
          GradientSetsTable.SCHEMA);

  @TempDir static Path folder;
  private static JobRun run;

  @BeforeAll
  static void makeTables() {
    run = zoo("once", "seed=3");
    generate(run);
  }

  @Test
  void membersAreUnitNormalNetworksWithoutScores() {
    List<Row> members = run.rows(MembersTable.SCHEMA).orderBy("member_id").collectAsList();
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (Row member : members) {
      for (float parameter : Floats.of(member, MembersTable.PARAMETERS)) {
        sum += parameter;
        squares += parameter * parameter;
        count++;
      }
    }

    assertThat(members).hasSize(MEMBERS);
    assertThat(members.get(7).<String>getAs("member_id")).isEqualTo("r000007-e000");
    assertThat(members.get(7).<String>getAs("run_id")).isEqualTo("r000007");
    assertThat(count).isEqualTo(MEMBERS * (2 * HIDDEN + HIDDEN * (HIDDEN + 1) + HIDDEN + 1));
    // Four standard errors of the mean and of the mean square of unit normals.
    assertThat(sum / count).isCloseTo(0, within(4 / Math.sqrt(count)));
    assertThat(squares / count).isCloseTo(1, within(4 * Math.sqrt(2.0 / count)));
    assertThat(
            run.rows(MembersTable.SCHEMA)
                .where("status = 'ok' AND reason IS NULL AND family = 'mlp' AND epoch = 0")
                .where("train_loss IS NULL AND test_loss IS NULL AND test_accuracy IS NULL")
                .where("hyperparameters.initializer = 'unit_normal'")
                .count())
        .isEqualTo(MEMBERS);
  }

  @Test
  void everyMemberHasASetToReadAndASetToPredict() {
    assertThat(
            run.rows(GradientSetsTable.SCHEMA)
                .where("signal_kind = 'output' AND loss = 'output_k' AND output = 0")
                .where("samples = IF(role = 'input', 16, 100) AND size(sample_loss) = samples")
                .where("test_accuracy IS NULL AND mean_gradient_error < 1e-5")
                .groupBy("member_id")
                .pivot("role", List.of("input", "target"))
                .count()
                .where("input = 1 AND target = 1")
                .count())
        .isEqualTo(MEMBERS);
    // Factors of the input sets alone, moments of both.
    assertThat(run.rows(LayerFactorsTable.SCHEMA).where("samples = 16").count())
        .isEqualTo(3 * MEMBERS);
    assertThat(run.rows(LayerMomentsTable.SCHEMA).count()).isEqualTo(2 * 3 * MEMBERS);
  }

  @Test
  void pointsFollowTheMixtureOfTheirNetwork() {
    List<Row> probes = run.rows(ProbeSetsTable.SCHEMA).orderBy("probe_set_id").collectAsList();
    double shares = 0;
    for (Row probe : probes) {
      String origin = probe.getAs(ProbeSetsTable.PREPROCESSING);
      double share = Double.parseDouble(origin.replaceAll(".*\"p\":([^,]*),.*", "$1"));
      float[] points = Floats.of(probe, ProbeSetsTable.X);
      int upper = 0;
      for (float point : points) {
        assertThat(point).isBetween(-1f, 1f);
        upper += point >= 0 ? 1 : 0;
      }
      double deviation = Math.sqrt(share * (1 - share) / points.length);
      assertThat((double) upper / points.length).isCloseTo(share, within(5 * deviation + 0.05));
      shares += share;
    }

    assertThat(probes).hasSize(2 * MEMBERS);
    assertThat(shares / probes.size()).isCloseTo(0.5, within(4 / Math.sqrt(12.0 * MEMBERS)));
  }

  @Test
  void momentsAreTheFisherDiagonalOnTheStoredPoints() {
    Map<String, Row> probes = byId(run.rows(ProbeSetsTable.SCHEMA).collectAsList());
    Map<String, Row> members = byId(run.rows(MembersTable.SCHEMA).collectAsList());
    Map<String, Row> sets = byId(run.rows(GradientSetsTable.SCHEMA).collectAsList());
    List<Row> rows = run.rows(LayerMomentsTable.SCHEMA).collectAsList();
    assertThat(rows).hasSize(2 * 3 * MEMBERS);
    for (Row moments : rows) {
      Row set = sets.get(moments.<String>getAs(LayerMomentsTable.GRADIENT_SET_ID));
      float[] weights =
          Floats.of(
              members.get(set.<String>getAs(GradientSetsTable.MEMBER_ID)), MembersTable.PARAMETERS);
      float[] points =
          Floats.of(
              probes.get(set.<String>getAs(GradientSetsTable.PROBE_SET_ID)), ProbeSetsTable.X);
      int layer = moments.getAs(LayerMomentsTable.LAYER);
      int start = new int[] {0, 2 * HIDDEN, 2 * HIDDEN + HIDDEN * (HIDDEN + 1)}[layer];
      float[] ofWeights = Floats.of(moments, LayerMomentsTable.MEAN_DW2);
      float[] ofBiases = Floats.of(moments, LayerMomentsTable.MEAN_DB2);
      double[] expected = fisherDiagonal(weights, points);
      assertThat(ofWeights).hasSize(new int[] {HIDDEN, HIDDEN * HIDDEN, HIDDEN}[layer]);
      assertThat(ofBiases).hasSize(new int[] {HIDDEN, HIDDEN, 1}[layer]);
      for (int i = 0; i < ofWeights.length; i++) {
        assertThat((double) ofWeights[i])
            .isCloseTo(expected[start + i], within(1e-4 * (1 + expected[start + i])));
      }
      for (int i = 0; i < ofBiases.length; i++) {
        double bias = expected[start + ofWeights.length + i];
        assertThat((double) ofBiases[i]).isCloseTo(bias, within(1e-4 * (1 + bias)));
      }
    }
  }

  @Test
  void aMembersRowsDependOnConfigAndMemberIdAlone() {
    JobRun again = zoo("again", "seed=3", "zoo.members-per-task=1", "gradients.members-per-task=3");
    generate(again);

    for (TableSchema table : TABLES) {
      assertThat(TableContentHash.of(again.rows(table)))
          .as(table.name())
          .isEqualTo(TableContentHash.of(run.rows(table)));
    }
  }

  /** Mean over the points of the squared gradient of the SIREN's output, in double. */
  private static double[] fisherDiagonal(float[] w, float[] points) {
    double[] sums = new double[w.length];
    for (float x : points) {
      int second = 2 * HIDDEN;
      int third = second + HIDDEN * (HIDDEN + 1);
      double[] u = new double[HIDDEN];
      double[] v = new double[HIDDEN];
      for (int i = 0; i < HIDDEN; i++) {
        u[i] = w[i] * x + w[HIDDEN + i];
      }
      for (int o = 0; o < HIDDEN; o++) {
        v[o] = w[second + HIDDEN * HIDDEN + o];
        for (int i = 0; i < HIDDEN; i++) {
          v[o] += w[second + o * HIDDEN + i] * Math.sin(u[i]);
        }
      }
      double[] back = new double[HIDDEN];
      for (int o = 0; o < HIDDEN; o++) {
        double g = w[third + o] * Math.cos(v[o]);
        sums[third + o] += Math.pow(Math.sin(v[o]), 2);
        sums[second + HIDDEN * HIDDEN + o] += g * g;
        for (int i = 0; i < HIDDEN; i++) {
          sums[second + o * HIDDEN + i] += Math.pow(g * Math.sin(u[i]), 2);
          back[i] += g * w[second + o * HIDDEN + i];
        }
      }
      for (int i = 0; i < HIDDEN; i++) {
        double g = back[i] * Math.cos(u[i]);
        sums[i] += g * x * g * x;
        sums[HIDDEN + i] += g * g;
      }
      sums[third + HIDDEN] += 1;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= points.length;
    }
    return sums;
  }

  private static Map<String, Row> byId(List<Row> rows) {
    Map<String, Row> byId = new HashMap<>();
    rows.forEach(row -> byId.put(row.getString(0), row));
    return byId;
  }

  private static JobRun zoo(String name, String... more) {
    List<String> assignments =
        new ArrayList<>(
            List.of(
                "zoo.source=random",
                "zoo.images=none",
                "zoo.runs=" + MEMBERS,
                "zoo.architectures=[\"" + SIREN + "\"]",
                "gradients.probe=points",
                "gradients.probe-samples=" + INPUT,
                "gradients.target-samples=" + TARGET,
                "gradients.signal=output",
                "gradients.loss=output_k"));
    assignments.addAll(List.of(more));
    return JobRun.in(folder.resolve(name), assignments.toArray(String[]::new));
  }

  private static void generate(JobRun run) {
    new ZooGeneration().run(run.context());
    new GradientComputation().run(run.context());
  }
}
