package io.gradzoo.jobs.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.example.SplitRuns;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.run.CompareRuns;
import io.gradzoo.jobs.run.ListRuns;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.ShowRun;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs as records: what they are can be listed, shown, compared and made again. */
class RunRecordsTest {
  private static final String MODEL =
      "={kind=scalegmn, members=mlp, scalegmn { width = 8, layers = 2 }, training {"
          + " shards = 3, rounds = 2, steps-per-round = 2, batch-size = 4 } }";

  @TempDir static Path folder;
  @TempDir Path other;
  private static JobRun job;

  @BeforeAll
  static void trainTwoModels() {
    job =
        JobRun.ofTwelveMlps(folder)
            .with("models.a" + MODEL, "models.b" + MODEL, "models.b.training.learning-rate=0.002");
    job.run(new ZooGeneration());
    job.run(new TrainingJob("a"));
    job.run(new TrainingJob("b"));
  }

  @Test
  void everyRunIsListedWithItsLastRound() {
    List<String> lines = job.printed(new ListRuns()).lines().toList();

    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).matches("tiny-a +a +2( +0\\.\\d{5}){2} .* [0-9a-f]{16} *");
    assertThat(lines.get(2)).startsWith("tiny-b ");
    assertThat(job.inFolder(other).printed(new ListRuns()))
        .isEqualTo("no runs yet: gradzoo train makes one\n");
  }

  @Test
  void oneRunIsShownAfterItsFilesWereChecked() throws IOException {
    RunDirectory run = job.directory("a");
    assertThat(job.printed(new ShowRun(run)))
        .contains(
            "a: kind scalegmn, task accuracy, ",
            "tiny.members: ",
            "2: train loss 0.",
            "card.md, checkpoint.safetensors, config.json, environment.json, metrics.jsonl,");

    Path card = run.path().resolve(RunDirectory.CARD);
    String before = Files.readString(card);
    Files.writeString(card, before + "better than it is\n");
    try {
      assertThat(job.refusal(new ShowRun(run)))
          .hasMessageContaining(card + ": expected the file as it was published");
    } finally {
      Files.writeString(card, before);
    }
  }

  @Test
  void aCardSaysWhatTheModelIs() {
    String card = new String(job.directory("b").read(RunDirectory.CARD), UTF_8);

    assertThat(card)
        .startsWith("# b\n")
        .contains("kind `scalegmn`", "| train | ", "| test | ", "| loss | Kendall τ |")
        .contains("- unchanged under permutation\n")
        .containsPattern("those after round [12], the best on the validation split");
  }

  /** Of four networks of the test split, five elements each. */
  @Test
  void aCardShowsHowExactlySymmetriesAreRespected() {
    String card = new String(job.directory("b").read(RunDirectory.CARD), UTF_8);

    for (String symmetry : List.of("neuron permutations", "permutations and flips together")) {
      assertThat(card)
          .containsPattern(
              "\n\\| " + symmetry + " \\| tanh \\| 20 \\| \\S+ \\| \\d\\.\\de-0[5-9] \\|");
    }
    assertThat(card)
        .containsPattern("\n\\| no symmetry: positive scalings \\| tanh \\| 20 \\| ")
        .doesNotContain("VIOLATED");
  }

  /** Whatever fails: the model is there, and is worth more than its card. */
  @Test
  void aFailureOfTheMeasurementEndsNoTraining() {
    JobContext whole = job.context();
    TrainedModel model = TrainedModel.load(job.directory("a"), whole);
    TableStore burning =
        (TableStore)
            Proxy.newProxyInstance(
                TableStore.class.getClassLoader(),
                new Class<?>[] {TableStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("read")) {
                    throw new IllegalStateException("on fire");
                  }
                  return method.invoke(whole.tables(), arguments);
                });
    List<String> notes = new ArrayList<>();
    JobContext context =
        new JobContext(job.config(), burning, Progress.silent().alsoTo(notes::add));
    SplitRuns runs = new TaskExamples(whole.tables(), job.config(), model.model()).runs();

    List<String> lines = KeptPromises.of(context, model, runs);

    assertThat(lines).first().asString().startsWith("Not measured: internal: ").contains("on fire");
    assertThat(notes)
        .singleElement()
        .asString()
        .startsWith("train a: symmetries are not measured: internal: ")
        .contains("on fire");
  }

  @Test
  void twoRunsAreComparedByWhatTheyDependOnAndByTheirBits() {
    assertThat(job.printed(new CompareRuns(job.directory("a"), job.directory("b"))))
        .contains("models.a.training.learning-rate 0.001 (here null)")
        .contains("models.b.training.learning-rate null (here 0.002)")
        .contains("other parameters");
    assertThat(job.printed(new CompareRuns(job.directory("a"), job.directory("a"))))
        .contains("same settings and code on the same members\nthe same parameters\n");
  }

  @Test
  void aRunIsReproducedToTheByte() throws IOException {
    assertThat(job.printed(new ReproduceRun(job.directory("b"))))
        .isEqualTo(
            "reproduced %s: the same model and metrics to the byte\n"
                .formatted(job.directory("b").path()));
    assertThat(folder.resolve("runs/reproduced/tiny-b/model.safetensors"))
        .hasSameBinaryContentAs(job.directory("b").path().resolve(RunDirectory.MODEL));
  }

  @Test
  void aRunOfOtherDataIsNotReproducedAndWhatDiffersIsNamed() {
    JobRun elsewhere = job.inFolder(other).with("seed=259");
    elsewhere.run(new ZooGeneration());

    GradzooException failure =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            GradzooException.class,
            () -> job.inFolder(other).printed(new ReproduceRun(job.directory("a"))));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(failure)
        .hasMessageContaining("runs reproduce: " + job.directory("a").path())
        .hasMessageContaining("others in model.safetensors")
        .hasMessageContaining("members ");
  }
}
