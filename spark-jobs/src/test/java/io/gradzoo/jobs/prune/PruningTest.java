package io.gradzoo.jobs.prune;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.engine.pruning.PruningMask;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.editing.PruningComparison;
import io.gradzoo.jobs.editing.PruningScore;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.finetune.EditRule;
import io.gradzoo.jobs.finetune.FineTuning;
import io.gradzoo.jobs.report.ReportJob;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.table.FineTunedTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.PrunedTable;
import io.gradzoo.jobs.table.StoredWeights;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members on their way through all methods of pruning. */
class PruningTest {
  @TempDir static Path folder;

  private static JobRun zoo;
  private static PruningComparison comparison;

  @BeforeAll
  static void prunes() {
    zoo =
        JobRun.in(
            folder,
            "zoo.runs=16",
            "zoo.image-train-share=0.1",
            "zoo.architectures=[\"64:dense4:dense10\"]",
            "zoo.recipe.activation=[tanh]",
            "zoo.epochs=1",
            "zoo.checkpoints=[1]",
            "splits={ train = 0.5, validation = 0.25, test = 0.25 }",
            "model-defaults.training={ shards = 1, rounds = 1, steps-per-round = 2 }",
            "models.m={kind=scalegmn, members=mlp, task=fine_tuning,"
                + " scalegmn { width = 4, layers = 1, head = parameter_products } }",
            "models.p={kind=scalegmn, members=mlp, scalegmn { width = 4, layers = 1 } }");
    zoo.run(new ZooGeneration());
    zoo.run(new TrainingJob("m"));
    zoo.run(new TrainingJob("p"));
    comparison = zoo.run(pruning(Optional.of(zoo.directory("p")), "sparse"));
  }

  @Test
  void everyMethodIsComparedAtEverySparsityWithAsManySettings() throws IOException {
    assertThat(comparison.rows()).hasSize(1 + 8 * 4);
    assertThat(comparison.settingsTried()).isEqualTo(3);
    assertThat(comparison.rows().stream().map(PruningScore::method).distinct())
        .containsExactly(
            "not pruned",
            "magnitude",
            "iterative magnitude",
            "SNIP",
            "L1, then magnitude",
            "equivariant: one pass, then magnitude",
            "one pass, fine-tuning, then magnitude",
            "invariant: by the predictor, kept near",
            "invariant: by the predictor, free");
    assertThat(comparison.rows())
        .allMatch(row -> row.networks() == 2 && row.predicted().mean() > 0)
        .allMatch(row -> row.loss().mean() > 0 && row.prunedPredicted().mean() < 1);
    assertThat(PruningComparison.parse(comparison.bytes())).isEqualTo(comparison);
    assertThat(PruningComparison.parse(zoo.directory("m").read(PruningComparison.FILE)).rows())
        .isNotEmpty();
    zoo.run(new EvaluationJob(zoo.directory("m")));
    zoo.run(new ReportJob());
    assertThat(Files.readString(folder.resolve("reports").resolve(JobRun.ZOO + ".html")))
        .contains("iterative magnitude", "outside");
  }

  @Test
  void prunedMembersAreMembersWhoseMasksSayWhatIsNothing() {
    Map<String, MemberRow> members = members("sparse");
    List<Row> rows = zoo.store().read("sparse", PrunedTable.SCHEMA).collectAsList();
    Map<String, MemberRow> parents = members(JobRun.ZOO);

    assertThat(rows).hasSize(2 * (1 + 8 * 4));
    for (Row row : rows) {
      MemberRow member = members.get(row.<String>getAs("member_id"));
      MemberRow parent = parents.get(row.<String>getAs("parent_id"));
      float[] weights = StoredWeights.of(member);
      PruningMask mask = PruningMask.of(row.<byte[]>getAs("mask"), weights.length);
      int zeros = weights.length - mask.kept().cardinality();
      assertThat(zeros).isEqualTo((int) Math.round(row.<Double>getAs("sparsity") * weights.length));
      float[] masked = weights.clone();
      mask.apply(masked);
      assertThat(masked).isEqualTo(weights);
      assertThat(member.run()).isEqualTo(parent.run());
      assertThat(row.<String>getAs("parent_sha256")).isEqualTo(parent.weights().sha256());
      assertThat(member.scores().testAccuracy()).isEqualTo(row.<Double>getAs("accuracy_after"));
      assertThat(row.<Double>getAs("distance")).isNotNegative().isFinite();
      assertThat(row.<Double>getAs("distance_pruned")).isNotNegative().isFinite();
    }
  }

  @Test
  void aPrunedMemberThatIsChangedKeepsItsMaskHoweverOften() {
    tune("sparse", "sparse_once");
    tune("sparse_once", "sparse_twice");

    Map<String, MemberRow> pruned = members("sparse");
    Map<String, MemberRow> twice = members("sparse_twice");
    for (Row row : zoo.store().read("sparse", PrunedTable.SCHEMA).collectAsList()) {
      String id = row.getAs("member_id");
      float[] before = StoredWeights.of(pruned.get(id));
      float[] after = StoredWeights.of(twice.get(id + "-tuned-tuned"));
      PruningMask mask = PruningMask.of(row.<byte[]>getAs("mask"), before.length);
      float[] masked = after.clone();
      mask.apply(masked);
      assertThat(after).isEqualTo(masked).isNotEqualTo(before);
    }
    assertThat(masks("sparse_twice")).hasSize(2 * (1 + 8 * 4)).doesNotContainNull();
  }

  @Test
  void masksOfADataFrameAreKeptAsThoseOfTheTableAre() {
    tune("sparse", "sparse_tuned");
    Dataset<Row> masks = zoo.store().read("sparse", PrunedTable.SCHEMA).select("member_id", "mask");
    Dataset<Row> frame =
        zoo.store().read("sparse", MembersTable.SCHEMA).join(masks, MembersTable.MEMBER_ID);

    Dataset<Row> changed = finetune(frame);

    String[] compared = {"member_id", "parameters_sha256", "mask"};
    Dataset<Row> tables =
        zoo.store()
            .read("sparse_tuned", MembersTable.SCHEMA)
            .join(zoo.store().read("sparse_tuned", FineTunedTable.SCHEMA), MembersTable.MEMBER_ID);
    assertThat(lines(changed, compared)).isEqualTo(lines(tables, compared));
    assertThat(lines(finetune(changed), compared)).hasSize(2 * (1 + 8 * 4));
  }

  @Test
  void aMaskOfADataFrameThatPrunesWhatIsNotZeroIsRefused() {
    Dataset<Row> members = zoo.store().read(JobRun.ZOO, MembersTable.SCHEMA);

    GradzooException other =
        refused(() -> finetune(members.withColumn("mask", lit(new byte[] {1}))));
    GradzooException text = refused(() -> finetune(members.withColumn("mask", lit("no bits"))));

    assertThat(other).hasMessageContaining("expected a mask that prunes weights which are 0");
    assertThat(other.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(text).hasMessageContaining("expected a column mask BINARY, found STRING");
  }

  private static GradzooException refused(ThrowingCallable step) {
    return catchThrowableOfType(GradzooException.class, step);
  }

  private static Dataset<Row> finetune(Dataset<Row> members) {
    return Gradzoo.on(SharedSession.get())
        .set("zoo.name=" + JobRun.ZOO, "storage.warehouse=" + folder.resolve("warehouse"))
        .run(zoo.directory("m").path())
        .finetune(members);
  }

  private static List<String> lines(Dataset<Row> rows, String... columns) {
    return rows.selectExpr(columns).orderBy(MembersTable.MEMBER_ID).toJSON().collectAsList();
  }

  private static List<byte[]> masks(String name) {
    return zoo.store().read(name, FineTunedTable.SCHEMA).collectAsList().stream()
        .map(row -> row.<byte[]>getAs("mask"))
        .toList();
  }

  private static void tune(String parent, String into) {
    zoo.run(
        new FineTuning(zoo.directory("m"), Optional.of(parent), Optional.of(into), EditRule.PLAIN));
  }

  @Test
  void withoutAPredictorItsRowsAreLeftOut() {
    PruningComparison alone = zoo.run(pruning(Optional.empty(), "alone"));

    assertThat(alone.rows()).hasSize(1 + 6 * 4).allMatch(row -> row.predicted() == null);
    assertThat(alone.rows().get(1).accuracy()).isEqualTo(comparison.rows().get(1).accuracy());
  }

  @Test
  void modelsThatDoSomethingElseAreRefused() {
    GradzooException changes = zoo.refusal(pruning(Optional.of(zoo.directory("m")), "sparse"));
    GradzooException predicts =
        zoo.refusal(
            new Pruning(
                zoo.directory("p"),
                new Pruning.PruningOptions(Optional.empty(), 2, Optional.of("sparse"))));

    assertThat(changes.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(changes).hasMessageContaining("expected a ScaleGMN that predicts accuracies");
    assertThat(predicts).hasMessageContaining("expected a model that changes networks");
    assertThat(zoo.refusal(pruning(Optional.empty(), JobRun.ZOO)))
        .hasMessageContaining("expected another zoo than the one that is changed");
  }

  private static Pruning pruning(Optional<RunDirectory> predictor, String into) {
    return new Pruning(
        zoo.directory("m"), new Pruning.PruningOptions(predictor, 2, Optional.of(into)));
  }

  private static Map<String, MemberRow> members(String name) {
    return zoo.store().read(name, MembersTable.SCHEMA).collectAsList().stream()
        .map(MemberRow::of)
        .collect(Collectors.toMap(MemberRow::memberId, member -> member));
  }
}
