package io.gradzoo.jobs.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that stop after a round, and the same command again. */
class InterruptedTrainingTest {
  private static final List<String> RESULTS = List.of(RunDirectory.MODEL, RunDirectory.METRICS);
  private static final String RATE = "models.m.training.learning-rate=0.002";

  @TempDir static Path shared;
  private static JobRun undisturbed;

  @TempDir Path folder;
  private JobRun job;

  @BeforeAll
  static void trainUndisturbed() {
    undisturbed =
        JobRun.in(
            shared,
            "seed=258",
            "zoo.runs=12",
            "zoo.architectures=[\"64:dense8:dense10\"]",
            "zoo.epochs=1",
            "zoo.checkpoints=[1]",
            "splits={ train = 0.4, validation = 0.3, test = 0.3 }",
            "models.m={kind=scalegmn, members=mlp, scalegmn { width = 8, layers = 2 }, training {"
                + " shards = 3, rounds = 4, steps-per-round = 2, batch-size = 4 } }");
    undisturbed.run(new ZooGeneration());
    undisturbed.run(new TrainingJob("m"));
  }

  @BeforeEach
  void copyTheTables() {
    job = undisturbed.copiedTo(folder.resolve("job"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theSameAgainGoesOnAndEndsInTheSameBytes(int round) throws IOException {
    stopAfter(job, round);
    assertThat(job.directory("m").path()).doesNotExist();

    assertThat(job.said(new TrainingJob("m")))
        .contains("train m: goes on after round " + round + "\n")
        .doesNotContain("train m: " + round + "/4 rounds  ")
        .contains("train m: 4/4 rounds");

    assertEndedAsUndisturbed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ optimizer-state = kept_per_shard, outer { optimizer = nesterov }, gradient-accumulation = 2 }",
        "{ optimizer-state = reset, optimizer = sgd, weight-decay = 0, epochs = 3, patience = 1 }"
      })
  void soDoesOneWithOtherChoices(String choices) throws IOException {
    JobRun chosen = job.with("models.m.training=" + choices);
    JobRun whole = chosen.copiedTo(folder.resolve("whole"));
    whole.run(new TrainingJob("m"));
    stopAfter(chosen, 1);

    assertThat(chosen.said(new TrainingJob("m"))).contains("goes on after round 1\n");

    for (String name : RESULTS) {
      assertThat(chosen.directory("m").read(name)).isEqualTo(whole.directory("m").read(name));
    }
    assertThat(chosen.directory("m").read(RunDirectory.MODEL))
        .as("the choices are used")
        .isNotEqualTo(undisturbed.directory("m").read(RunDirectory.MODEL));
  }

  @Test
  void itMayStopAgainAndAgain() throws IOException {
    for (int round = 1; round <= 3; round++) {
      stopAfter(job, round);
    }
    job.run(new TrainingJob("m"));

    assertEndedAsUndisturbed();
  }

  @Test
  void checkpointsAreWrittenEveryFewRounds() throws IOException {
    JobRun seldom = job.with("models.m.training.checkpoint-every=3");
    stopAfter(seldom, 2);
    assertThat(checkpoints()).doesNotExist();
    stopAfter(seldom, 3);
    assertThat(files()).containsExactly("round-000003.safetensors");

    assertThat(job.said(new TrainingJob("m")))
        .as("how often they are written is no part of a training")
        .contains("goes on after round 3");
    assertEndedAsUndisturbed();
  }

  @Test
  void anOlderOneStandsInForADamagedOne() throws IOException {
    stopAfter(job, 3);
    Path newest = checkpoints().resolve("round-000003.safetensors");
    byte[] whole = Files.readAllBytes(newest);
    byte[] flipped = whole.clone();
    flipped[whole.length - 5] ^= 2;
    for (byte[] damaged : List.of(flipped, Arrays.copyOf(whole, whole.length / 2), new byte[0])) {
      Files.write(newest, damaged);

      String said = stopAfter(job, 3);

      assertThat(said)
          .contains(
              newest + " is damaged or cannot be read; the checkpoint before it is used\n",
              "goes on after round 2\n");
      assertThat(Files.readAllBytes(newest)).as("written again").isEqualTo(whole);
    }
    job.run(new TrainingJob("m"));
    assertEndedAsUndisturbed();
  }

  @Test
  void withoutAnyGoodOneItStartsFromItsBeginning() throws IOException {
    stopAfter(job, 2);
    for (String name : files()) {
      Files.write(checkpoints().resolve(name), new byte[] {1, 2, 3});
    }

    assertThat(job.said(new TrainingJob("m"))).contains("train m: 1/4 rounds  ");
    assertEndedAsUndisturbed();
  }

  @Test
  void anotherConfigIsRefusedWithTheDifference() throws IOException {
    stopAfter(job, 2);
    GradzooException refusal = job.with(RATE).refusal(new TrainingJob("m"));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(refusal)
        .hasMessageContaining("round-000002.safetensors: expected a checkpoint of this training")
        .hasMessageContaining("models.m.training.learning-rate 0.001 (here 0.002)")
        .hasMessageContaining("--start-over");
    assertThat(files()).hasSize(2);
    job.run(new TrainingJob("m"));
    assertEndedAsUndisturbed();
  }

  @Test
  void anotherZooIsRefusedWithTheDifference() {
    stopAfter(job, 2);
    JobRun other = job.with("splits={ train = 0.5, validation = 0.3, test = 0.2 }");

    assertThat(other.refusal(new TrainingJob("m")))
        .hasMessageContaining("members ", " train (")
        .hasMessageContaining("splits.test 0.3 (here 0.2)");
  }

  @Test
  void anotherTrainingMayBeForgotten() throws IOException {
    stopAfter(job.with(RATE), 2);

    assertThat(job.said(new TrainingJob("m", Resumption.NONE))).contains("m: 1/4 rounds  ");
    assertEndedAsUndisturbed();
  }

  @Test
  void aDemoForgetsAnotherTrainingAndSaysSo() throws IOException {
    stopAfter(job.with(RATE), 2);

    assertThat(job.said(new TrainingJob("m", Resumption.SAME_OR_NONE)))
        .contains("an interrupted training is forgotten: models.m.training.learning-rate 0.002");
    assertEndedAsUndisturbed();
  }

  @Test
  void anotherConfigMayStartFromTheCheckpointInARunOfItsOwn() throws IOException {
    stopAfter(job, 2);
    Path checkpoint = checkpoints().resolve("round-000002.safetensors");
    JobRun other = job.with(RATE);

    TrainedRun started = other.run(new TrainingJob("m").from(checkpoint));

    RunDirectory run = started.directory();
    assertThat(run.path().getFileName().toString()).matches("tiny-m-[0-9a-f]{8}");
    assertThat(run.read(RunDirectory.METRICS)).asString().startsWith("{\"round\":3,\"steps\":6,");
    assertThat(run.read(RunDirectory.STARTED_FROM))
        .asString()
        .contains("\"round\" : 2", "models.m.training.learning-rate 0.001 (here 0.002)");
    assertThat(TrainedModel.continues(run)).isTrue();
    byte[] model = run.read(RunDirectory.MODEL);
    assertThat(
            other.run(new TrainingJob("m").from(checkpoint)).directory().read(RunDirectory.MODEL))
        .isEqualTo(model);
    job.run(new TrainingJob("m"));
    assertThat(job.directory("m").path().resolve(RunDirectory.MODEL))
        .as("the training that was interrupted goes on")
        .hasSameBinaryContentAs(undisturbed.directory("m").path().resolve(RunDirectory.MODEL));
    assertThat(run.path()).exists();
  }

  @Test
  void aRunThatIsOverGoesOnForMoreRounds() {
    Path over = undisturbed.directory("m").path();

    assertThat(job.refusal(new TrainingJob("m").from(over)))
        .hasMessageContaining("models.m.training.rounds: expected more than the 4 of " + over);
    JobRun longer = job.with("models.m.training.rounds=6");
    RunDirectory run = longer.run(new TrainingJob("m").from(over)).directory();
    longer.run(new TrainingJob("m"));

    assertThat(run.read(RunDirectory.METRICS))
        .as("with a constant learning rate, the rounds that a longer training ends with")
        .asString()
        .isEqualTo(lastLines(longer.directory("m").read(RunDirectory.METRICS), 2));
  }

  @Test
  void aCheckpointOfAnotherMetanetworkIsRefused() {
    JobRun wider = job.with("models.m.scalegmn.width=12");

    assertThat(wider.refusal(new TrainingJob("m").from(undisturbed.directory("m").path())))
        .hasMessageContaining("checkpoint.safetensors: expected parameters.");
  }

  @Test
  void whatIsNoCheckpointIsNamed() throws IOException {
    Path nothing = folder.resolve("nothing");
    assertThat(job.refusal(new TrainingJob("m").from(nothing)))
        .hasMessageContaining(nothing + ": expected a run directory or a checkpoint's file");
    assertThat(job.refusal(new TrainingJob("m").from(Files.createDirectory(nothing))))
        .hasMessageContaining(nothing + "/checkpoint.safetensors: expected a file, found none");
    Path model = undisturbed.directory("m").path().resolve(RunDirectory.MODEL);
    assertThat(job.refusal(new TrainingJob("m").from(model)))
        .hasMessageContaining(model + ": expected gradzoo-checkpoint-1");
  }

  private static String lastLines(byte[] text, int count) {
    List<String> lines = new String(text, UTF_8).lines().toList();
    return String.join("\n", lines.subList(lines.size() - count, lines.size())) + "\n";
  }

  @Test
  void aTrainingThatDivergesLeavesNoCheckpoints() {
    JobRun diverging =
        job.with(
            "models.m.training.learning-rate=100",
            "models.m.training.weight-decay=100",
            "models.m.training.warmup-steps=0",
            "models.m.training.rounds=60");

    assertThat(diverging.refusal(new TrainingJob("m"))).hasMessageContaining("diverged");
    assertThat(checkpoints()).doesNotExist();
  }

  /** Trains until a round is shown as done; then the job fails. */
  static String stopAfter(JobRun job, int round) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    JobContext context = job.context(Progress.to(new Stopping(said, "train m: " + round + "/")));
    assertThatThrownBy(() -> new TrainingJob("m").run(context)).isInstanceOf(Stop.class);
    return said.toString(UTF_8);
  }

  private void assertEndedAsUndisturbed() throws IOException {
    for (String name : RESULTS) {
      assertThat(job.directory("m").path().resolve(name))
          .hasSameBinaryContentAs(undisturbed.directory("m").path().resolve(name));
    }
    try (Stream<Path> runs = Files.list(job.directory("m").path().getParent())) {
      assertThat(runs).containsExactly(job.directory("m").path());
    }
  }

  private Path checkpoints() {
    return job.directory("m").path().resolveSibling(".tiny-m.checkpoints");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(checkpoints())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The end of a job. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Progress, up to a line with some words. */
  private static final class Stopping extends PrintStream {
    private final String words;

    private Stopping(OutputStream out, String words) {
      super(out, true, UTF_8);
      this.words = words;
    }

    @Override
    public void println(String line) {
      super.println(line);
      if (line.contains(words)) {
        throw new Stop();
      }
    }
  }
}
