package io.gradzoo.e2e;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.RunSteps;
import io.gradzoo.jobs.facade.StepResult;
import io.gradzoo.jobs.facade.ZooSteps;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.task.registry.BuiltInTasks;
import io.gradzoo.testing.SharedSession;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as calls on a session that is there. */
class FacadeTest {
  private static final Workplace PLACE = ReferenceJob.get().place();
  private static final SparkSession SPARK = SharedSession.get();

  @TempDir Path folder;

  @Test
  void aStepSaysWhatItsCommandSaysAndPassesOverSettingsOfOtherSteps() {
    Gradzoo gradzoo = gradzoo().set("models.scalegmn.training.rounds=5");

    assertThat(gradzoo.zoo().show().toString().lines())
        .containsExactlyElementsOf(PLACE.gradzoo("zoo", "show").ok().out());
    assertThat(gradzoo.zoos().toString().lines())
        .containsExactlyElementsOf(PLACE.gradzoo("zoo", "list").ok().out());
  }

  @Test
  void aBadArgumentIsRefusedWithTheLineOfTheCommand() {
    assertThat(refusal(gradzoo -> gradzoo.set("zoo.epoch=3").zoo().generate()))
        .isEqualTo(PLACE.gradzoo("zoo", "generate", "--set=zoo.epoch=3").errors());
    assertThat(refusal(gradzoo -> gradzoo.zoo("no zoo").show()))
        .isEqualTo(PLACE.gradzoo("zoo", "show", "no zoo").errors());
    assertThat(refusal(gradzoo -> gradzoo.run(folder).evaluate()))
        .isEqualTo(PLACE.gradzoo("evaluate", "--run=" + folder).errors());
    assertThat(refusal(gradzoo -> gradzoo.zoo().train("scalegnm")))
        .isEqualTo(PLACE.gradzoo("train", "scalegnm").errors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalegmn", "gradmetanet"})
  void membersOfADataFrameArePredictedAsThoseOfTheTable(String model) {
    RunSteps run = gradzoo().zoo().run(model);
    Dataset<Row> some = gradzoo().zoo().members().where(col(MembersTable.EPOCH).equalTo(2));

    Dataset<Row> predicted = run.predict(some);

    Dataset<Row> table = SPARK.table("gradzoo.tiny.predictions_" + model);
    assertThat(rows(predicted))
        .isNotEmpty()
        .isEqualTo(rows(table.join(some.select("member_id"), "member_id").drop("split")));
  }

  @Test
  void aRunSaysWhereItIs() {
    assertThat(gradzoo().zoo().run("scalegmn").location())
        .isEqualTo(PLACE.run("scalegmn").toString());
    assertThat(gradzoo().run("hdfs://host/runs/a").location()).isEqualTo("hdfs://host/runs/a");
  }

  @Test
  void rowsThatAreNoMembersAreRefused() {
    Dataset<Row> members = gradzoo().zoo().members();
    RunSteps run = gradzoo().zoo().run("scalegmn");

    assertThatThrownBy(() -> run.predict(members.drop(MembersTable.PARAMETERS)))
        .isInstanceOf(GradzooException.class)
        .hasMessageContaining(
            "members: the rows given: expected a column parameters ARRAY<FLOAT>, found none (fix: ");
    assertThatThrownBy(() -> run.predict(members.withColumn(MembersTable.EPOCH, lit("2"))))
        .hasMessageContaining("expected a column epoch INT, found STRING");
    assertThatThrownBy(() -> run.predict(members.union(members)))
        .hasMessageContaining("expected each member once, by member_id, found 48 rows of 24");
  }

  @Test
  void rowsOfAnyWarehouseAreRowsOfTheSessionThatIsGiven() {
    SparkSession notebook = SPARK.newSession();
    Gradzoo.functions(notebook);
    ZooSteps second =
        Gradzoo.on(notebook)
            .set(
                "zoo.name=second",
                "zoo.runs=2",
                "zoo.architectures=[\"64:dense4:dense10\"]",
                "zoo.epochs=1",
                "zoo.checkpoints=[1]",
                "storage.warehouse=" + folder)
            .zoo();
    Dataset<Row> first = gradzoo(notebook).zoo().members();
    second.generate();

    second.members().createOrReplaceTempView("others");

    assertThat(first.sparkSession()).isSameAs(second.members().sparkSession()).isSameAs(notebook);
    assertThat(
            notebook
                .sql("SELECT size(gradzoo_weights(architecture, parameters, 0)) AS n FROM others")
                .where("n = 4")
                .count())
        .isEqualTo(2);
    assertThat(first.unionByName(notebook.table("others")).count()).isEqualTo(26);
    assertThat(notebook.table("gradzoo.tiny.members").count()).isEqualTo(24);
  }

  @Test
  void progressIsSeldomAndResultsHaveAnHtmlFormWithTheReportsCharts() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ZooSteps zoo =
        gradzoo()
            .set("storage.runs=" + folder, "models.scalegmn.training.rounds=40")
            .showing(new PrintStream(said, true, StandardCharsets.UTF_8))
            .zoo();

    String trained = zoo.train("scalegmn").toHtml();
    List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
    StepResult<JobResult> evaluated = zoo.run("scalegmn").evaluate();

    assertThat(lines).hasSizeBetween(1, 10);
    assertThat(lines.get(lines.size() - 1)).startsWith("train scalegmn: 40/40 rounds in ");
    assertThat(trained).contains("Loss", "Rank correlation", "class=\"drawing lines\"");
    assertThat(evaluated.toHtml())
        .startsWith("<div class=\"gradzoo\">")
        .contains(
            "<table class=\"scores\">", "Predicted against true", "drawing square", "learning rate")
        .containsOnlyOnce("<script>")
        .doesNotContain("http-equiv", "<html", "<script src");
    assertThat(evaluated.toString().lines()).anyMatch(line -> line.startsWith("scalegmn"));
  }

  @Test
  void nothingInAResultBecomesMarkup() {
    record Hostile() implements JobResult {
      @Override
      public void print(PrintWriter out) {
        out.print("</pre><script>alert('x')</script>&");
      }
    }

    String html =
        new StepResult<>(new Hostile(), List.of("<img src=x>"), BuiltInTasks.ALL).toHtml();

    assertThat(html)
        .contains("&lt;img src=x&gt;", "&lt;script&gt;", "&amp;")
        .doesNotContain("<script", "<img", "</pre><script");
  }

  @Test
  void cancellingTheJobGroupEndsTheStepAndLeavesEverythingUsable() {
    Gradzoo elsewhere = gradzoo().set("storage.runs=" + folder);
    SparkListener canceller =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            if ("cell 7".equals(job.properties().getProperty("spark.jobGroup.id"))) {
              SPARK.sparkContext().cancelJobGroup("cell 7");
            }
          }
        };
    SPARK.sparkContext().addSparkListener(canceller);
    SPARK.sparkContext().setJobGroup("cell 7", "a cell", false);
    try {
      GradzooException cancelled =
          catchThrowableOfType(GradzooException.class, () -> elsewhere.zoo().train("scalegmn"));
      assertThat(cancelled.exitCode()).isEqualTo(ExitCode.CLUSTER);
      assertThat(cancelled)
          .hasMessage("spark: its job was cancelled (fix: run the same step again)");
    } finally {
      SPARK.sparkContext().clearJobGroup();
      SPARK.sparkContext().removeSparkListener(canceller);
    }

    assertThat(SPARK.sparkContext().isStopped()).isFalse();
    assertThat(folder.resolve("tiny-scalegmn/model.safetensors")).doesNotExist();
    elsewhere.zoo().train("scalegmn");
    assertThat(Workplace.bytes(folder.resolve("tiny-scalegmn/model.safetensors")))
        .isEqualTo(Workplace.bytes(PLACE.run("scalegmn").resolve("model.safetensors")));
  }

  private List<String> refusal(Function<Gradzoo, ?> step) {
    return catchThrowableOfType(GradzooException.class, () -> step.apply(gradzoo())).problems();
  }

  private static List<String> rows(Dataset<Row> rows) {
    return rows.orderBy("member_id").toJSON().collectAsList();
  }

  /** With the config and the folders of the reference job. */
  private static Gradzoo gradzoo() {
    return gradzoo(SPARK);
  }

  private static Gradzoo gradzoo(SparkSession session) {
    return Gradzoo.on(session)
        .config(Workplace.config())
        .set(
            "storage.warehouse=" + PLACE.folder().resolve("warehouse"),
            "storage.runs=" + PLACE.folder().resolve("runs"),
            "storage.reports=" + PLACE.folder().resolve("reports"));
  }
}
