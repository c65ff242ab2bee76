package io.gradzoo.jobs.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.datasets.split.RunSplit;
import io.gradzoo.datasets.split.Split;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.report.ReportJob;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.task.accuracy.AccuracyTask;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.SharedSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

class PredictionJobTest {
  private static final TableSchema PREDICTIONS =
      PredictionsTable.of("weights", new AccuracyTask().column());
  private static final int MEMBERS = 24;
  private static final RunSplit SPLITS = new RunSplit(258, 0.4, 0.3);

  @TempDir static Path folder;
  private static JobRun digits;

  @BeforeAll
  static void train() {
    digits =
        JobRun.in(
            folder,
            "seed=258",
            "zoo.runs=12",
            "zoo.architectures=[\"64:dense8:dense10\"]",
            "zoo.epochs=2",
            "zoo.checkpoints=[1, 2]",
            "splits={ train = 0.4, validation = 0.3, test = 0.3 }",
            "models.weights={kind=scalegmn, members=mlp, scalegmn { width = 8, layers = 2 },"
                + " training { shards = 2, rounds = 2, steps-per-round = 2, batch-size = 4 } }");
    digits.run(new ZooGeneration());
    digits.run(new TrainingJob("weights"));
  }

  /** 447 test images make accuracies that no float32 number equals. */
  @Test
  void accuraciesEqualThoseOfTheMembersBitByBit() {
    String out = digits.run(new PredictionJob(digits.directory("weights")));

    assertThat(out)
        .contains("predicted 24 members, 0 of them with numbers that are not finite: table ");
    Dataset<Row> joined =
        digits
            .rows(PREDICTIONS)
            .join(
                digits.rows(MembersTable.SCHEMA).select("member_id", "test_accuracy"),
                JavaConverters.asScalaBuffer(List.of("member_id", "test_accuracy")).toSeq());
    assertThat(joined.count()).isEqualTo(MEMBERS);
  }

  @Test
  void accuraciesOfTheEvaluationEqualThoseOfTheMembersToo() {
    Evaluation evaluation = evaluated(digits);

    List<Double> measured =
        digits
            .rows(MembersTable.SCHEMA)
            .where(
                col("member_id")
                    .isin(evaluation.predictions().stream().map(p -> p.memberId()).toArray()))
            .orderBy("member_id")
            .select("test_accuracy")
            .as(Encoders.DOUBLE())
            .collectAsList();
    assertThat(evaluation.predictions()).extracting(p -> p.truth()).isEqualTo(measured);
    assertThat(measured).anyMatch(accuracy -> (float) (double) accuracy != accuracy);
    assertThat(evaluation.unit()).isEqualTo("share of right answers");
    assertThat(evaluation.scores()).allMatch(score -> score.squaredErrorInDeviations() == null);
  }

  @Test
  void predictionsThatAreNotFiniteAreCountedWhereverTheyAreShown() throws IOException {
    JobRun huge = withHugeWeights();
    StringWriter out = new StringWriter();
    ByteArrayOutputStream notes = new ByteArrayOutputStream();

    new PredictionJob(huge.directory("weights")).run(context(huge, out, notes));

    Dataset<Row> rows = huge.rows(PREDICTIONS);
    long strange = rows.where("isnan(predicted_test_accuracy)").count();
    assertThat(strange).isPositive();
    assertThat(rows.where("predicted_test_accuracy IS NULL").count()).isZero();
    assertThat(out.toString())
        .contains("predicted 24 members, " + strange + " of them with numbers that are not finite");
    assertThat(notes.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains("warning")))
        .singleElement()
        .asString()
        .contains(strange + " of 24 predictions in tiny.predictions_weights are NaN or infinite");
    assertThat(
            huge.store().describe(PREDICTIONS.in(JobRun.ZOO)).properties().more().get("not-finite"))
        .isEqualTo(Long.toString(strange));

    String table = huge.run(new EvaluationJob(huge.directory("weights")));
    Evaluation evaluation = evaluation(huge);
    long strangeTests = rows.where("split = 'test' AND isnan(predicted_test_accuracy)").count();
    assertThat(strangeTests).isPositive();
    assertThat((long) evaluation.scores().get(0).notFinite()).isEqualTo(strangeTests);
    assertThat(evaluation.scores().get(0).agreement().tau()).isNaN();
    assertThat(evaluation.scores().get(1).notFinite()).isZero();
    assertThat(table)
        .contains("weights: " + strangeTests + " of ")
        .contains(" predictions are NaN or infinite");
    huge.run(new ReportJob());
    assertThat(Files.readString(huge.folder().resolve("reports/tiny.html")))
        .contains("NaN or infinite and not drawn");
  }

  private static Evaluation evaluated(JobRun run) {
    run.run(new EvaluationJob(run.directory("weights")));
    return evaluation(run);
  }

  private static Evaluation evaluation(JobRun run) {
    return Evaluation.parse(Evaluation.FILE, run.directory("weights").read(Evaluation.FILE));
  }

  private static JobContext context(JobRun run, StringWriter out, ByteArrayOutputStream notes) {
    return new JobContext(
        run.config(),
        run.store(),
        Progress.to(new PrintStream(notes, true, StandardCharsets.UTF_8)),
        new PrintWriter(out, true));
  }

  /** The same zoo, with weights of every other test member so large that sums overflow. */
  private static JobRun withHugeWeights() {
    JobRun huge = digits.inFolder(folder.resolve("huge"));
    huge.run(new ZooGeneration());
    List<Row> rows = new ArrayList<>();
    int tests = 0;
    for (Row member : huge.rows(MembersTable.SCHEMA).orderBy("member_id").collectAsList()) {
      boolean tested = SPLITS.assign(member.<String>getAs(MembersTable.RUN_ID)) == Split.TEST;
      tests += tested ? 1 : 0;
      rows.add(tested && tests % 2 == 1 ? withHugeWeights(member) : member);
    }
    Dataset<Row> members =
        SharedSession.get().createDataset(rows, Encoders.row(MembersTable.SCHEMA.columns()));
    huge.store().write(JobRun.ZOO, MembersTable.SCHEMA, members, TableProperties.of("huge"));
    huge.run(new TrainingJob("weights"));
    return huge;
  }

  private static Row withHugeWeights(Row member) {
    Object[] cells = new Object[member.size()];
    Arrays.setAll(cells, member::get);
    float[] weights = new float[member.getList(member.fieldIndex("parameters")).size()];
    Arrays.fill(weights, 3e38f);
    cells[member.fieldIndex("parameters")] = weights;
    cells[member.fieldIndex("parameters_sha256")] = ContentHash.of(weights);
    return RowFactory.create(cells);
  }
}
