package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A training on two executors that are killed while they work, with speculation on. */
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class KilledExecutorTest {
  private static final int ROUNDS = 20;
  private static final String BACKEND = "CoarseGrainedExecutorBackend";

  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void theModelIsThatOfTheUndisturbedTraining() throws Exception {
    killed(1, 3);
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void soItIsAfterFiveKills() throws Exception {
    killed(5, 4);
  }

  private void killed(int times, long seed) throws Exception {
    SharedSession.get();
    Workplace undisturbed = new Workplace(Files.createDirectories(folder.resolve("undisturbed")));
    undisturbed.gradzoo(command()).ok();
    Workplace place = new Workplace(Files.createDirectories(folder.resolve("killed")));
    SplittableRandom random = new SplittableRandom(seed);
    try (ChildGradzoo child =
        ChildGradzoo.tuned(
            place,
            "local-cluster[2,1,1024]",
            List.of(
                "spark.speculation=true",
                "spark.speculation.multiplier=1.1",
                "spark.speculation.interval=20ms",
                "spark.deploy.maxExecutorRetries=-1",
                "spark.task.maxFailures=20"),
            command())) {
      for (int i = 0; i < times; i++) {
        awaitRound(child, 1 + random.nextInt(ROUNDS / 2) + i);
        kill(child, random);
      }

      child.outcome().ok();
    }

    for (String file : Workplace.REPRODUCIBLE) {
      assertThat(place.run("gradmetanet").resolve(file))
          .hasSameBinaryContentAs(undisturbed.run("gradmetanet").resolve(file));
    }
  }

  private static void awaitRound(ChildGradzoo child, int round) throws Exception {
    String beginning = "train gradmetanet: " + round + "/" + ROUNDS;
    while (child.process().isAlive()
        && child.lines().stream().noneMatch(line -> line.startsWith(beginning))) {
      Thread.sleep(5);
    }
  }

  /** Kills one of those that are alive. */
  private static void kill(ChildGradzoo child, SplittableRandom random) throws Exception {
    List<ProcessHandle> executors =
        child.process().descendants().filter(KilledExecutorTest::isExecutor).toList();
    assertThat(executors).as("executors").isNotEmpty();
    ProcessHandle chosen = executors.get(random.nextInt(executors.size()));
    chosen.destroyForcibly();
    chosen.onExit().get(10, TimeUnit.SECONDS);
  }

  /** Java tells no command line as long as that of an executor. */
  private static boolean isExecutor(ProcessHandle process) {
    try {
      Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      return Files.readString(line, StandardCharsets.ISO_8859_1).contains(BACKEND);
    } catch (IOException e) {
      return false; // it is dead
    }
  }

  private static String[] command() {
    return new String[] {
      "--set=storage.warehouse=" + ReferenceJob.get().place().folder().resolve("warehouse"),
      "--set=models.gradmetanet.training.rounds=" + ROUNDS,
      "train",
      "gradmetanet"
    };
  }
}
