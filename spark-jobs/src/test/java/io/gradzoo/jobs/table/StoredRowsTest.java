package io.gradzoo.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.gradient.ConvolutionFactors;
import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.gradient.LowRankGradients;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.table.GradientSetsTable.GradientSetRow;
import io.gradzoo.jobs.table.GradientSetsTable.SignalColumns;
import io.gradzoo.jobs.table.LayerFactorsTable.FactorsRow;
import io.gradzoo.jobs.table.LayerLowRankTable.LowRankRow;
import io.gradzoo.jobs.table.LayerMomentsTable.MomentsRow;
import io.gradzoo.jobs.table.MembersTable.Fate;
import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Origin;
import io.gradzoo.jobs.table.MembersTable.RunColumns;
import io.gradzoo.jobs.table.MembersTable.Scores;
import io.gradzoo.jobs.table.ProbeSetsTable.ProbeSetRow;
import io.gradzoo.jobs.table.ProbeSetsTable.TestImages;
import io.gradzoo.testing.SharedSession;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** A row's record writes every value into the column of its name, and reads it from there. */
class StoredRowsTest {
  private static final LayeredArchitecture CNN =
      LayeredArchitecture.parse("relu:2x4x4:conv3k3s1p0:gap:dense5");
  private static final AffineLayer CONVOLUTION = CNN.affineLayers().get(0);
  private static final AffineLayer DENSE = CNN.affineLayers().get(1);
  private static final Hyperparameters DRAWN =
      new Hyperparameters("relu", "normal", 0.5, "sgd", 0.1, 0.01, 0.2, 0.9, 32, Long.MIN_VALUE);
  private static final Origin ORIGIN = new Origin("config", "code");

  @Test
  void membersComeBackAsTheyWere() {
    RunColumns run = RunColumns.of("r7", CNN, "cnn", DRAWN, 3);
    float[] parameters = {1, 2, 3};
    Scores scores = new Scores(0.1, 0.2, 0.3, 0.4, 25.5);

    MemberRow member =
        MemberRow.of(
            stored(
                MembersTable.SCHEMA,
                MemberRow.healthy("r7-e020", 20, run, parameters, scores, ORIGIN).toRow()));

    assertThat(member.run()).isEqualTo(run);
    assertThat(member.run().splitPosition()).isBetween(0.0, 1.0);
    assertThat(member.weights().parameters()).isEqualTo(parameters);
    assertThat(member.weights().sha256()).hasSize(64);
    assertThat(List.of(member.memberId(), member.epoch())).isEqualTo(List.of("r7-e020", 20));
    assertThat(member.scores()).isEqualTo(scores);
    assertThat(member.origin()).isEqualTo(ORIGIN);
    assertThat(member.fate()).isEqualTo(new Fate(MemberStatus.OK, null));
  }

  @Test
  void lostMembersComeBackWithTheirReason() {
    Fate fate = new Fate(MemberStatus.DIVERGED, "loss is NaN");
    RunColumns run = RunColumns.of("r7", CNN, "cnn", DRAWN, 3);

    MemberRow member =
        MemberRow.of(
            stored(MembersTable.SCHEMA, MemberRow.lost("r7-e020", 20, run, fate, ORIGIN).toRow()));

    assertThat(member.fate()).isEqualTo(fate);
    assertThat(member.weights().parameters()).isNull();
    assertThat(member.scores()).isEqualTo(Scores.NONE);
  }

  @Test
  void gradientSetsComeBackAsTheyWere() {
    MemberRow member =
        MemberRow.healthy(
            "m", 1, RunColumns.of("r", CNN, "cnn", DRAWN, 3), new float[] {1}, Scores.NONE, ORIGIN);
    SignalColumns signal = new SignalColumns("ce", "model_sampled", null, Long.MAX_VALUE);
    float[] losses = {4, 5};
    Origin origin = new Origin("sets", "build");

    GradientSetRow set =
        GradientSetRow.of(
            stored(
                GradientSetsTable.SCHEMA,
                new GradientSetRow("s", member, "p", "input", signal, 2, losses, 1e-7, origin)
                    .toRow()));

    assertThat(List.of(set.gradientSetId(), set.probeSetId(), set.role(), set.samples()))
        .isEqualTo(List.of("s", "p", "input", 2));
    assertThat(set.signal()).isEqualTo(signal);
    assertThat(set.sampleLoss()).isEqualTo(losses);
    assertThat(set.meanGradientError()).isEqualTo(1e-7);
    assertThat(set.origin()).isEqualTo(origin);
    assertThat(set.member().memberId()).isEqualTo("m");
    assertThat(set.member().run().family()).isEqualTo("cnn");
    assertThat(set.member().weights().sha256()).isEqualTo(member.weights().sha256());
  }

  @Test
  void probeSetsComeBackAsTheyWere() {
    TestImages images = new TestImages(new long[] {0}, new long[] {9}, new long[] {9, 11});

    ProbeSetRow probe =
        ProbeSetRow.of(
            stored(
                ProbeSetsTable.SCHEMA,
                new ProbeSetRow("p", "digits", images, new float[] {0.5f}, new int[] {3}, "{}", -5)
                    .toRow()));

    assertThat(probe.images().sampleIds()).containsExactly(0);
    assertThat(probe.images().imageIds()).containsExactly(9);
    assertThat(probe.images().testImageIds()).containsExactly(9, 11);
    assertThat(probe.x()).containsExactly(0.5f);
    assertThat(probe.y()).containsExactly(3);
    assertThat(List.of(probe.probeSetId(), probe.dataset(), probe.preprocessing(), probe.seed()))
        .isEqualTo(List.of("p", "digits", "{}", -5L));
  }

  @Test
  void momentsComeBackAsTheyWere() {
    LayerMoments moments =
        new LayerMoments(new float[] {1}, new float[] {2}, new float[] {3}, new float[] {4});

    MomentsRow row =
        MomentsRow.of(
            stored(LayerMomentsTable.SCHEMA, MomentsRow.of("s", CONVOLUTION, 8, moments).toRow()));

    assertThat(List.of(row.gradientSetId(), row.layer(), row.kind(), row.samples()))
        .isEqualTo(List.of("s", 0, "conv", 8));
    assertThat(row.dwShape()).containsExactly(3, 2, 3, 3);
    assertThat(row.moments().meanWeight()).containsExactly(1);
    assertThat(row.moments().meanSquaredWeight()).containsExactly(2);
    assertThat(row.moments().meanBias()).containsExactly(3);
    assertThat(row.moments().meanSquaredBias()).containsExactly(4);
  }

  @Test
  void factorsComeBackWithTheShapesOfASample() {
    LayerGradients maps = new ConvolutionFactors(CONVOLUTION, numbers(64), numbers(2 * 12));
    LayerGradients dense = new DenseFactors(DENSE, numbers(6), numbers(10));

    Row ofMaps = stored(LayerFactorsTable.SCHEMA, FactorsRow.of("s", 4, maps).toRow());
    Row ofDense = stored(LayerFactorsTable.SCHEMA, FactorsRow.of("s", 4, dense).toRow());

    assertThat(new Cells(ofMaps).ints("a_shape")).containsExactly(2, 4, 4);
    assertThat(new Cells(ofMaps).ints("g_shape")).containsExactly(2, 2, 3);
    assertThat(new Cells(ofMaps).ints("dw_shape")).containsExactly(3, 2, 3, 3);
    assertThat(new Cells(ofDense).ints("a_shape")).containsExactly(3);
    assertThat(new Cells(ofDense).ints("g_shape")).containsExactly(5);
    assertThat(new Cells(ofDense).ints("dw_shape")).containsExactly(5, 3);
    assertThat(new Cells(ofMaps).number("sample_offset")).isEqualTo(4);
    FactorCells cells = FactorCells.joined(List.of(ofMaps, ofMaps));
    assertThat(cells.kind()).isEqualTo("conv_maps");
    assertThat(cells.a()).hasSize(128).startsWith(numbers(64));
    assertThat(cells.g()).hasSize(48).startsWith(numbers(24));
    assertThat(cells.dw()).isNull();
  }

  @Test
  void lowRankGradientsOfChunksAreJoined() {
    ConvolutionGradients full = new ConvolutionGradients(CONVOLUTION, numbers(2 * 54), numbers(6));
    LowRankGradients truncated = LowRankGradients.of(full, 2);
    Row row = stored(LayerLowRankTable.SCHEMA, LowRankRow.of("s", 0, truncated).toRow());

    LowRankRow joined = LowRankRow.joined(List.of(row, row));

    assertThat(List.of(joined.samples(), joined.rank())).isEqualTo(List.of(4, 2));
    assertThat(joined.left()).startsWith(truncated.left()).hasSize(2 * truncated.left().length);
    assertThat(joined.right()).startsWith(truncated.right());
    assertThat(joined.db()).startsWith(full.biases());
    assertThat(joined.energy()).startsWith(truncated.energy());
    assertThat(joined.dwShape()).containsExactly(3, 2, 3, 3);
  }

  /** 1, 2, 3, … */
  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i + 1;
    }
    return numbers;
  }

  /** The row as a reader of the table gets it. */
  private static Row stored(TableSchema schema, Row row) {
    return SharedSession.get()
        .createDataFrame(List.of(row), schema.columns())
        .collectAsList()
        .get(0);
  }
}
