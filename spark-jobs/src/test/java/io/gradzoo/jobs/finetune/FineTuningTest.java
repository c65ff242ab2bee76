package io.gradzoo.jobs.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.editing.EditedNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.editing.EditComparison;
import io.gradzoo.jobs.editing.EditScore;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.evaluation.PredictionJob;
import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.finetune.EditRule.Criterion;
import io.gradzoo.jobs.finetune.EditRule.Keep;
import io.gradzoo.jobs.finetune.EditRule.Length;
import io.gradzoo.jobs.prediction.PredictionColumn;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.report.ReportJob;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.table.FineTunedTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.table.StoredWeights;
import io.gradzoo.jobs.table.TableContentHash;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ShownImages;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator on its way through all jobs, and what it makes of members. */
class FineTuningTest {
  private static final String[] SETTINGS = {
    "zoo.runs=32",
    "zoo.image-train-share=0.25",
    "zoo.architectures=[\"64:dense8:dense10\"]",
    "zoo.recipe={activation=[tanh], initializer=[glorot_normal], optimizer=[adam],"
        + " learning-rate=[0.001, 0.003], dropout=[0, 0.1]}",
    "zoo.epochs=2",
    "zoo.checkpoints=[1, 2]",
    "splits={ train = 0.5, validation = 0.25, test = 0.25 }",
    "models.m={kind=scalegmn, members=mlp, task=fine_tuning,"
        + " scalegmn { width = 8, layers = 2, direction = bidirectional, head = parameter_deltas },"
        + " fine_tuning { images-per-step = 64, l1 = 0.001, compared-members = 2 },"
        + " training { shards = 2, rounds = 10, steps-per-round = 10, batch-size = 4,"
        + " learning-rate = 0.004, warmup-steps = 20 } }",
    "models.p={kind=scalegmn, members=mlp, scalegmn { width = 4, layers = 1 },"
        + " training { rounds = 1, steps-per-round = 1 } }"
  };

  @TempDir static Path folder;

  private static JobRun zoo;

  @BeforeAll
  static void trains() {
    zoo = JobRun.in(folder, SETTINGS);
    zoo.run(new ZooGeneration());
    zoo.run(new TrainingJob("m"));
  }

  @Test
  void theLossOfChangedNetworksFallsRoundByRound() {
    List<RoundMetrics> rounds = zoo.directory("m").rounds();

    double best = rounds.stream().mapToDouble(RoundMetrics::validationLoss).min().orElseThrow();
    assertThat(best).isLessThan(rounds.get(0).validationLoss());
    assertThat(rounds.get(9).trainLoss()).isLessThan(rounds.get(0).trainLoss());
  }

  @Test
  void trainingAgainGivesTheSameBytes() {
    RunDirectory run = zoo.directory("m");
    byte[] first = run.read(RunDirectory.MODEL);
    JobRun again = JobRun.in(folder.resolve("again"), SETTINGS);
    again.run(new ZooGeneration());
    again.run(new TrainingJob("m"));

    assertThat(again.directory("m").read(RunDirectory.MODEL)).isEqualTo(first);
  }

  @Test
  void evaluatingComparesWithDescentAndTheReportShowsIt() throws IOException {
    RunDirectory run = zoo.directory("m");
    zoo.run(new RunEvaluation(run, new EvaluationJob(run)));
    zoo.run(new ReportJob());

    EditComparison comparison = EditComparison.parse(run.read(EditComparison.FILE));
    assertThat(comparison.rows().stream().map(EditScore::name))
        .startsWith(
            "as they are",
            "m, one pass",
            "m, 2 passes",
            "m, 3 passes",
            "m, one pass, length searched",
            "m, 2 passes, length searched",
            "m, 3 passes, length searched",
            "2 of them: as they are")
        .contains("2 of them: m, one pass", "SGD, 1 epoch", "SGD, 5 epochs")
        .endsWith("Adam, 150 epochs", "one pass, then SGD, 1 epoch", "one pass, then SGD, 5 epochs")
        .hasSize(23);
    assertThat(comparison.rows().get(1).networks()).isEqualTo(comparison.pairs().size());
    EditScore before = comparison.rows().get(0);
    EditScore after = comparison.rows().get(1);
    assertThat(after.objective().mean()).isLessThan(before.objective().mean());
    assertThat(before.normReduction().mean()).isZero();
    assertThat(comparison.rows().get(14).name()).isEqualTo("SGD, 150 epochs");
    assertThat(comparison.rows().get(14).objective().mean())
        .isLessThan(comparison.rows().get(7).objective().mean());
    assertThat(comparison.rows().get(2).objective().mean()).isNotEqualTo(after.objective().mean());
    assertThat(comparison.rows().get(22).objective().mean())
        .isLessThan(comparison.rows().get(8).objective().mean());
    assertThat(Files.readString(folder.resolve("reports").resolve(JobRun.ZOO + ".html")))
        .contains("m, one pass", "Adam, 150 epochs", "accuracy after one pass");
  }

  @Test
  void predictingGivesTheTestLossThatMembersWouldHave() {
    zoo.run(new PredictionJob(zoo.directory("m")));
    FineTunedZoo tuned = tune(Criterion.OWN, Keep.CHANGED, "as_predicted");

    Dataset<Row> predicted =
        zoo.rows(PredictionsTable.of("m", PredictionColumn.number("test_loss")));
    Dataset<Row> made = zoo.store().read(tuned.zoo(), FineTunedTable.SCHEMA);
    assertThat(
            predicted
                .join(made, predicted.col("member_id").equalTo(made.col("parent_id")))
                .where("abs(predicted_test_loss - loss_after) < 1e-6")
                .where("abs(test_loss - loss_before) < 1e-6")
                .count())
        .isEqualTo(64);
  }

  @Test
  void membersBecomeMembersOfAnotherZooAndTheirParentsStay() {
    String before = contents(JobRun.ZOO);

    FineTunedZoo tuned = tune(Criterion.OWN, Keep.CHANGED, "another");

    assertThat(contents(JobRun.ZOO)).isEqualTo(before);
    assertThat(tuned.totals().members()).isEqualTo(64);
    assertThat(tuned.totals().kept()).isZero();
    assertThat(tuned.totals().after().objective()).isLessThan(tuned.totals().before().objective());
    Map<String, MemberRow> parents = members(JobRun.ZOO);
    List<Row> rows = zoo.store().read("another", FineTunedTable.SCHEMA).collectAsList();
    assertThat(rows).hasSize(64);
    Map<String, MemberRow> children = members("another");
    for (Row row : rows) {
      MemberRow child = children.get(row.<String>getAs("member_id"));
      MemberRow parent = parents.get(row.<String>getAs("parent_id"));
      assertThat(child.run()).isEqualTo(parent.run());
      assertThat(row.<String>getAs("parent_sha256")).isEqualTo(parent.weights().sha256());
      assertThat(StoredWeights.of(child)).isNotEqualTo(StoredWeights.of(parent));
      assertThat(child.scores().testLoss()).isEqualTo(row.<Double>getAs("loss_after"));
      assertThat(row.<Double>getAs("accuracy_before"))
          .isCloseTo(parent.scores().testAccuracy(), within(1e-9));
    }
  }

  @Test
  void membersOfADataFrameBecomeWhatThoseOfTheTableDo() {
    FineTunedZoo tuned = tune(Criterion.OWN, Keep.CHANGED, "of_the_table");
    Dataset<Row> table = zoo.store().read(tuned.zoo(), MembersTable.SCHEMA);
    String[] compared = {"run_id", "epoch", "parameters_sha256", "parameters", "test_accuracy"};

    Dataset<Row> changed =
        Gradzoo.on(SharedSession.get())
            .set(SETTINGS)
            .set("zoo.name=" + JobRun.ZOO, "storage.warehouse=" + folder.resolve("warehouse"))
            .run(zoo.directory("m").path())
            .finetune(zoo.rows(MembersTable.SCHEMA).where("epoch = 2"));

    assertThat(changed.selectExpr(compared).orderBy("run_id").toJSON().collectAsList())
        .hasSize(32)
        .isEqualTo(
            table
                .where("epoch = 2")
                .selectExpr(compared)
                .orderBy("run_id")
                .toJSON()
                .collectAsList());
    assertThat(folder.resolve("warehouse").resolve(JobRun.ZOO)).doesNotExist();
  }

  @Test
  void membersThatWouldBecomeWorseStayAsTheyWereIfAskedTo() {
    FineTunedZoo twice =
        zoo.run(
            new FineTuning(
                zoo.directory("m"),
                Optional.of(once()),
                Optional.of("better"),
                new EditRule(Criterion.CE, Length.WHOLE, Keep.IF_BETTER)));

    assertThat(twice.totals().kept()).isEqualTo(twice.totals().worse());
    List<Row> rows = zoo.store().read("better", FineTunedTable.SCHEMA).collectAsList();
    Map<String, MemberRow> parents = members(once());
    Map<String, MemberRow> children = members("better");
    for (Row row : rows) {
      boolean changed = row.<Double>getAs("loss_after") < row.<Double>getAs("loss_before");
      assertThat(row.<Boolean>getAs("changed")).isEqualTo(changed);
      boolean same =
          children
              .get(row.<String>getAs("member_id"))
              .weights()
              .sha256()
              .equals(parents.get(row.<String>getAs("parent_id")).weights().sha256());
      assertThat(same).isEqualTo(!changed);
    }
  }

  @Test
  void noMemberBecomesWorseOnTheTrainingImagesIfTheLengthIsSearched() {
    FineTunedZoo found =
        zoo.run(
            new FineTuning(
                zoo.directory("m"),
                Optional.of(once()),
                Optional.of("searched"),
                new EditRule(Criterion.OWN, Length.SEARCHED, Keep.CHANGED)));

    Dataset<Row> rows = zoo.store().read("searched", FineTunedTable.SCHEMA);
    assertThat(rows.where("changed = (length > 0)").count()).isEqualTo(64);
    assertThat(rows.where("length = 0").count()).isEqualTo(found.totals().kept());
    assertThat(rows.where("length = 0 AND loss_after != loss_before").count()).isZero();
    assertThat(found.totals().after().objective()).isLessThan(found.totals().before().objective());
    EditedNetwork network =
        new EditedNetwork(LayeredArchitecture.parse("tanh:64:dense8:dense10"), 0.001);
    Samples images =
        ShownImages.ofTest(zoo.context(), zoo.context().config(), JobRun.ZOO).training();
    Map<String, MemberRow> parents = members(once());
    for (MemberRow child : members("searched").values()) {
      MemberRow parent = parents.get(child.memberId().replaceFirst("-tuned$", ""));
      assertThat(network.measure(StoredWeights.of(child), images).objective())
          .isLessThanOrEqualTo(network.measure(StoredWeights.of(parent), images).objective());
    }
  }

  @Test
  void aModelThatPredictsIsRefused() {
    zoo.run(new TrainingJob("p"));

    GradzooException e =
        zoo.refusal(
            new FineTuning(zoo.directory("p"), Optional.empty(), Optional.empty(), EditRule.PLAIN));

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e)
        .hasMessageContaining("expected a model that changes networks")
        .hasMessageContaining("found one that predicts test accuracy");
  }

  @Test
  void otherNetworksAreRefusedByTheirArchitecture() {
    other("relu_zoo", "zoo.recipe.activation=[relu]");
    other("wide_zoo", "zoo.architectures=[\"64:dense9:dense10\"]");

    assertThat(refusal("relu_zoo"))
        .hasMessageContaining("relu_zoo.members")
        .hasMessageContaining("expected networks of tanh:64:dense8:dense10")
        .hasMessageContaining("found relu:64:dense8:dense10");
    assertThat(refusal("wide_zoo")).hasMessageContaining("found tanh:64:dense9:dense10");
    assertThat(refusal("relu_zoo").exitCode()).isEqualTo(ExitCode.DATA);
  }

  @Test
  void neitherTheParentNorAnotherZooIsReplaced() {
    other("standing", "zoo.runs=4");
    String before = contents("standing");

    assertThat(zoo.refusal(into("standing")))
        .hasMessageContaining("expected no zoo, or one that finetune made of tiny")
        .hasMessageContaining("found another zoo");
    assertThat(zoo.refusal(into(JobRun.ZOO)))
        .hasMessageContaining("expected another zoo than the one that is changed");
    assertThat(contents("standing")).isEqualTo(before);
    tune(Criterion.OWN, Keep.CHANGED, "mine");
    tune(Criterion.OWN, Keep.CHANGED, "mine");
  }

  private static FineTuning into(String name) {
    return new FineTuning(zoo.directory("m"), Optional.empty(), Optional.of(name), EditRule.PLAIN);
  }

  private static GradzooException refusal(String parent) {
    return zoo.refusal(
        new FineTuning(zoo.directory("m"), Optional.of(parent), Optional.empty(), EditRule.PLAIN));
  }

  private static FineTunedZoo tune(Criterion objective, Keep keep, String into) {
    return zoo.run(
        new FineTuning(
            zoo.directory("m"),
            Optional.empty(),
            Optional.of(into),
            new EditRule(objective, Length.WHOLE, keep)));
  }

  /** Name of a zoo of members after one pass. */
  private static String once() {
    if (!zoo.store().exists(MembersTable.SCHEMA.in("once"))) {
      tune(Criterion.OWN, Keep.CHANGED, "once");
    }
    return "once";
  }

  private static void other(String name, String... settings) {
    zoo.with("zoo.name=" + name, "zoo.runs=4").with(settings).run(new ZooGeneration());
  }

  private static Map<String, MemberRow> members(String name) {
    return zoo.store().read(name, MembersTable.SCHEMA).collectAsList().stream()
        .map(MemberRow::of)
        .collect(Collectors.toMap(MemberRow::memberId, member -> member));
  }

  private static String contents(String name) {
    return zoo.store().read(name, MembersTable.SCHEMA).collectAsList().stream()
        .map(row -> HexFormat.of().formatHex(TableContentHash.of(row)))
        .sorted()
        .collect(Collectors.joining());
  }
}
