package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training whose process is killed, again and again, at random moments. */
class KilledTrainingTest {
  private static final int ROUNDS = 40;
  private static final Pattern SHOWN = Pattern.compile("train gradmetanet: (\\d+)/40 rounds .*");
  private static final long LONGEST_MILLIS = 1200;

  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void theSameCommandAgainLosesNoRoundAndEndsInTheSameBytes() throws Exception {
    killed(1, 1);
  }

  @Test
  @Tag("slow")
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void neitherDoesItAfterTwentyKills() throws Exception {
    killed(20, 2);
  }

  private void killed(int times, long seed) throws Exception {
    SharedSession.get();
    Workplace undisturbed = place("undisturbed");
    undisturbed.gradzoo(command()).ok();
    Workplace place = place("killed");
    SplittableRandom random = new SplittableRandom(seed);
    int kills = 0;
    for (int i = 0; i < times; i++) {
      kills += killedOnce(place, random.nextLong(LONGEST_MILLIS)) ? 1 : 0;
    }

    place.gradzoo(command()).ok();

    assertThat(kills).isPositive();
    for (String file : Workplace.REPRODUCIBLE) {
      assertThat(place.run("gradmetanet").resolve(file))
          .hasSameBinaryContentAs(undisturbed.run("gradmetanet").resolve(file));
    }
    try (Stream<Path> left = Files.list(place.folder().resolve("runs"))) {
      assertThat(left).containsExactly(place.run("gradmetanet"));
    }
  }

  /** Kills it that long after its first round; says whether it was still at work. */
  private static boolean killedOnce(Workplace place, long millis) throws Exception {
    try (ChildGradzoo child = ChildGradzoo.start(place, "local[2]", command())) {
      while (child.process().isAlive() && shown(child.lines()) == 0) {
        Thread.sleep(5);
      }
      child.process().waitFor(millis, TimeUnit.MILLISECONDS);
      boolean atWork = child.process().isAlive();
      child.kill();
      int shown = shown(child.lines());
      if (atWork && shown < ROUNDS) {
        assertThat(newestCheckpoint(place)).isGreaterThanOrEqualTo(shown);
      }
      return atWork;
    }
  }

  /** The last round that was shown as done; 0 if none was. */
  private static int shown(List<String> lines) {
    int last = 0;
    for (String line : lines) {
      Matcher shown = SHOWN.matcher(line);
      last = shown.matches() ? Integer.parseInt(shown.group(1)) : last;
    }
    return last;
  }

  private static int newestCheckpoint(Workplace place) throws IOException {
    try (Stream<Path> files =
        Files.list(place.run("gradmetanet").resolveSibling(".tiny-gradmetanet.checkpoints"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("round-\\d+\\.safetensors"))
          .mapToInt(name -> Integer.parseInt(name.replaceAll("\\D", "")))
          .max()
          .orElse(0);
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

  private Workplace place(String name) throws IOException {
    return new Workplace(Files.createDirectories(folder.resolve(name)));
  }
}
