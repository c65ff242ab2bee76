package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.testing.Outcome;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Executors with GPUs that a discovery script makes up, and the emulated device in their place. */
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class GpuPlacementTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whoever asks first has GPU 3, whoever asks then has GPU 5. */
  private static final String DISCOVERY =
      """
      #!/bin/sh
      if mkdir "$(dirname "$0")/asked" 2>/dev/null; then address=3; else address=5; fi
      echo "{\\"name\\": \\"gpu\\", \\"addresses\\": [\\"$address\\"]}"
      """;

  @TempDir static Path folder;

  private static Workplace place;

  @BeforeAll
  static void generateTheZoo() throws IOException {
    SharedSession.get();
    place = new Workplace(Files.createDirectories(folder.resolve("place")));
    place.gradzoo("zoo", "generate").ok();
    place.gradzoo("train", "scalegmn").ok();
  }

  /** A task of Spark's runs from its launch for as long as it is read and runs. */
  private record TaskSpan(int profile, String executor, long from, long to) {
    boolean meets(TaskSpan other) {
      return executor.equals(other.executor) && from < other.to && other.from < to;
    }
  }

  @Test
  void trainingAloneAsksForGpusAndUsesThoseThatItIsGiven() throws Exception {
    double expected = loss();
    Path events = Files.createDirectories(folder.resolve("events"));
    Outcome outcome =
        train(
            "local-cluster[2,2,1024]",
            "emulated",
            "spark.eventLog.enabled=true",
            "spark.eventLog.dir=" + events.toUri());

    assertThat(outcome.err())
        .filteredOn(line -> line.contains("emulated:"))
        .singleElement()
        .asString()
        .matches("train scalegmn: on emulated:[35] of executor . on .*, emulated:[35] of .*")
        .contains("emulated:3 of", "emulated:5 of");
    assertThat(loss()).isCloseTo(expected, within(1e-5));
    List<TaskSpan> tasks = tasks(events);
    assertThat(tasks).extracting(TaskSpan::profile).contains(0, 1);
    assertThat(tasks)
        .filteredOn(task -> task.profile() == 1)
        .hasSize(2 * 3 * 3)
        .noneMatch(task -> meetsAnother(task, tasks));
    assertThat(tasks).filteredOn(task -> task.profile() == 0).anyMatch(t -> meetsAnother(t, tasks));
  }

  @Test
  void whereEveryStageAsksForGpusALineSaysWhatItCosts() throws Exception {
    Outcome outcome =
        train("local-cluster[1,2,1024]", "emulated", "spark.task.resource.gpu.amount=0.5");

    assertThat(outcome.err())
        .filteredOn(line -> line.contains("spark.task.resource.gpu.amount"))
        .singleElement()
        .asString()
        .startsWith("train scalegmn: expected spark.task.resource.gpu.amount unset")
        .contains("no stage has more tasks than there are GPUs");
  }

  @Test
  void executorsThatDoWithoutGpusAreNamedOnce() throws Exception {
    Outcome outcome = train("local-cluster[2,1,1024]", "auto");

    assertThat(outcome.err())
        .filteredOn(line -> line.contains("on the CPU of"))
        .singleElement()
        .asString()
        .contains("executor 0 on", "executor 1 on", "expected NVIDIA's driver");
  }

  @Test
  void gradientSetsAskForThemToo() throws Exception {
    Path events = Files.createDirectories(folder.resolve("events-of-gradients"));
    Outcome outcome =
        command(
            "local-cluster[2,2,1024]",
            "emulated",
            List.of("spark.eventLog.enabled=true", "spark.eventLog.dir=" + events.toUri()),
            "gradients",
            "compute",
            "--set=gradients.members-per-task=2");

    assertThat(outcome.err())
        .filteredOn(line -> line.contains("emulated:"))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("gradients compute: on emulated:"));
    List<TaskSpan> tasks = tasks(events);
    assertThat(tasks).extracting(TaskSpan::profile).contains(0, 1);
    assertThat(tasks)
        .filteredOn(task -> task.profile() == 1)
        .noneMatch(task -> meetsAnother(task, tasks));
    place.gradzoo("gradients", "verify").ok();
  }

  private static Outcome train(String master, String device, String... settings) throws Exception {
    return command(master, device, List.of(settings), "train", "scalegmn", "--start-over");
  }

  private static Outcome command(
      String master, String device, List<String> settings, String... arguments) throws Exception {
    Path discovery = Files.createTempDirectory(folder, "worker").resolve("discover");
    Files.writeString(discovery, DISCOVERY);
    Files.setPosixFilePermissions(discovery, PosixFilePermissions.fromString("rwx------"));
    List<String> all = new ArrayList<>(settings);
    if (device.equals("emulated")) {
      all.add("spark.worker.resource.gpu.amount=1");
      all.add("spark.worker.resource.gpu.discoveryScript=" + discovery);
      all.add("spark.executor.resource.gpu.amount=1");
    }
    try (ChildGradzoo child =
        ChildGradzoo.tuned(
            place,
            master,
            all,
            Stream.concat(Stream.of(arguments), Stream.of("--set=engine.device=" + device))
                .toArray(String[]::new))) {
      return child.outcome().ok();
    }
  }

  private static double loss() throws IOException {
    List<String> rounds = Files.readAllLines(place.run("scalegmn").resolve("metrics.jsonl"));
    return JSON.readTree(rounds.get(rounds.size() - 1)).get("train_loss").asDouble();
  }

  private static boolean meetsAnother(TaskSpan task, List<TaskSpan> all) {
    return all.stream().anyMatch(other -> !other.equals(task) && task.meets(other));
  }

  /** From Spark's own log of events. */
  private static List<TaskSpan> tasks(Path events) throws IOException {
    Map<Integer, Integer> profiles = new HashMap<>();
    List<TaskSpan> tasks = new ArrayList<>();
    try (Stream<Path> logs = Files.list(events)) {
      for (String line : Files.readAllLines(logs.findFirst().orElseThrow())) {
        JsonNode event = JSON.readTree(line);
        String kind = event.get("Event").asText();
        if (kind.equals("SparkListenerStageSubmitted")) {
          JsonNode stage = event.get("Stage Info");
          profiles.put(stage.get("Stage ID").asInt(), stage.get("Resource Profile Id").asInt());
        } else if (kind.equals("SparkListenerTaskEnd")) {
          JsonNode task = event.get("Task Info");
          JsonNode metrics = event.get("Task Metrics");
          long from = task.get("Launch Time").asLong();
          long took =
              metrics.get("Executor Deserialize Time").asLong()
                  + metrics.get("Executor Run Time").asLong();
          tasks.add(
              new TaskSpan(
                  profiles.get(event.get("Stage ID").asInt()),
                  task.get("Executor ID").asText(),
                  from,
                  from + took));
        }
      }
    }
    return tasks;
  }
}
