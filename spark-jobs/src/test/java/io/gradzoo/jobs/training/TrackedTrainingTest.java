package io.gradzoo.jobs.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.prediction.Score;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainingIdentity;
import io.gradzoo.jobs.tracking.MlflowServer;
import io.gradzoo.jobs.tracking.Tracking;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;
import org.tensorflow.hadoop.util.TFRecordReader;
import org.tensorflow.util.Event;

/**
 * Trainings that are shown besides their run directories, as TensorFlow's own classes read them.
 */
class TrackedTrainingTest {
  private static final int ROUNDS = 4;

  @TempDir static Path folder;
  private static JobRun job;

  @BeforeAll
  static void makeMembers() {
    job =
        JobRun.ofTwelveMlps(folder)
            .with(
                "models.m={kind=scalegmn, members=mlp, scalegmn { width = 8, layers = 2 }, training {"
                    + " shards = 3, rounds = 4, steps-per-round = 2, batch-size = 4,"
                    + " checkpoint-every = 2 } }");
    job.run(new ZooGeneration());
  }

  @Test
  void aTrainingThatWasKilledAndIsShownAgainIsThereOnce(@TempDir Path curves) throws IOException {
    try (MlflowServer server = new MlflowServer()) {
      JobRun tracked =
          job.with(
              "tracking={tensorboard=\"%s\", mlflow=\"%s\"}".formatted(curves, server.address()));
      InterruptedTrainingTest.stopAfter(tracked, 1); // before the first checkpoint
      assertThat(server.runs().get(0).status()).isEqualTo("FAILED ended");
      InterruptedTrainingTest.stopAfter(tracked, 3);
      cutShort(only(curves).resolve("events.out.tfevents.0.gradzoo"));

      TrainedRun run = tracked.run(new TrainingJob("m"));
      Score score = tracked.run(new EvaluationJob(run.directory())).scores().get(0);

      List<RoundMetrics> rounds = run.directory().rounds();
      again(tracked, run, rounds, score);
      assertInTensorBoard(only(curves), rounds, score);
      assertThat(server.refusals()).isEmpty();
      assertThat(server.runs()).hasSize(1);
      assertInMlflow(server.runs().get(0), rounds, score);
    }
  }

  /** As a second evaluation does. */
  private static void again(
      JobRun tracked, TrainedRun run, List<RoundMetrics> rounds, Score score) {
    TrainingIdentity identity = run.model().identity(run.directory());
    try (Tracking tracking =
        Tracking.of("again", tracked.config(), "tiny-m", identity, Progress.silent())) {
      tracking.evaluated(rounds, Map.of("test/tau", score.agreement().tau()));
    }
  }

  @Test
  void placesThatCannotBeReachedChangeNothing() throws IOException {
    job.run(new TrainingJob("m"));
    Path file = Files.createFile(folder.resolve("file"));
    JobRun lost =
        job.copiedTo(folder.resolve("lost"))
            .with("tracking={tensorboard=\"%s\", mlflow=\"http://127.0.0.1:1\"}".formatted(file));

    String said = lost.said(new TrainingJob("m"));

    assertThat(said.lines().filter(line -> line.startsWith("train m: goes on without ")))
        .hasSize(2)
        .anyMatch(line -> line.contains("without TensorBoard's folder " + file + ": "))
        .anyMatch(line -> line.contains("without MLflow at http://127.0.0.1:1: ConnectException"));
    for (String name : List.of(RunDirectory.MODEL, RunDirectory.METRICS)) {
      assertThat(lost.directory("m").read(name)).isEqualTo(job.directory("m").read(name));
    }
    assertThat(file).isEmptyFile();
  }

  private static void assertInTensorBoard(Path run, List<RoundMetrics> rounds, Score score)
      throws IOException {
    assertThat(run.getFileName().toString()).matches("tiny-m-[0-9a-f]{8}");
    List<Event> events = events(run.resolve("events.out.tfevents.0.gradzoo"));
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    Summary.Value settings = events.get(1).getSummary().getValue(0);
    assertThat(settings.getMetadata().getPluginData().getPluginName()).isEqualTo("text");
    assertThat(settings.getTensor().getStringVal(0).toStringUtf8())
        .contains("| models.m.training.rounds | 4 |");
    assertThat(events.subList(2, events.size()).stream().map(Event::getStep))
        .containsExactly(1L, 2L, 3L, 4L);
    for (int i = 0; i < ROUNDS; i++) {
      Event event = events.get(i + 2);
      RoundMetrics round = rounds.get(i);
      assertThat(value(event, "train/loss")).hasValue((float) round.trainLoss());
      assertThat(value(event, "validation/loss")).hasValue((float) round.validationLoss());
      assertThat(value(event, "validation/tau")).hasValue((float) round.validationTau());
      assertThat(event.getWallTime()).isCloseTo(System.currentTimeMillis() * 1e-3, within(3600.0));
    }
    List<Event> evaluated = events(run.resolve("events.out.tfevents.1.gradzoo"));
    assertThat(evaluated).hasSize(2);
    assertThat(evaluated.get(1).getStep()).isEqualTo(ROUNDS);
    assertThat(value(evaluated.get(1), "test/tau")).hasValue((float) score.agreement().tau());
  }

  private static void assertInMlflow(MlflowServer.Run run, List<RoundMetrics> rounds, Score score) {
    assertThat(run.name()).isEqualTo("tiny-m");
    assertThat(run.status()).isEqualTo("FINISHED ended");
    assertThat(run.params()).containsEntry("models.m.training.rounds", "4");
    assertThat(run.history("train/loss").stream().map(MlflowServer.Metric::step))
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(run.history("train/loss").stream().map(MlflowServer.Metric::value))
        .containsExactlyElementsOf(rounds.stream().map(RoundMetrics::trainLoss).toList());
    assertThat(run.history("validation/tau").stream().map(MlflowServer.Metric::value))
        .containsExactlyElementsOf(rounds.stream().map(RoundMetrics::validationTau).toList());
    assertThat(run.history("test/tau"))
        .singleElement()
        .satisfies(
            metric -> {
              assertThat(metric.value()).isEqualTo(score.agreement().tau());
              assertThat(metric.step()).isEqualTo(ROUNDS);
            });
  }

  /** As a killed process leaves it. */
  private static void cutShort(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 7));
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      List<Path> all = children.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  private static List<Event> events(Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      TFRecordReader records = new TFRecordReader(in, true);
      for (byte[] record = records.read(); record != null; record = records.read()) {
        events.add(Event.parseFrom(record));
      }
    }
    return events;
  }

  private static Optional<Float> value(Event event, String tag) {
    return event.getSummary().getValueList().stream()
        .filter(value -> value.getTag().equals(tag))
        .map(Summary.Value::getSimpleValue)
        .findFirst();
  }
}
