package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.testing.SharedSession;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A demo that is killed, again and again, and started again. */
class KilledJobTest {
  private static final String[] NONE = {};

  @TempDir Path folder;
  private Workplace place;

  @Test
  void theSameCommandAgainEndsAsIfNothingHadHappened() throws Exception {
    Workplace reference = ReferenceJob.get().place();
    place = new Workplace(folder);
    Path tables = place.plainFolder().resolve("tiny");

    killDemoWhen(demo -> holds(tables, ".members."));
    killDemoWhen(demo -> stagedBatches(tables) > 0);
    killDemoWhen(demo -> Files.exists(tables.resolve("layer_factors")));
    killDemoWhen(
        demo ->
            demo.printed().contains("24 of 24 members were done before")
                && demo.printed().contains("train gradmetanet: 1/3 rounds"));
    assertThat(place.run("gradmetanet")).doesNotExist();
    SharedSession.get();
    place.gradzooPlain("demo").ok();

    SortedMap<String, String> expected = reference.results(reference.iceberg());
    expected.keySet().removeIf(name -> name.contains("predictions"));
    assertThat(place.results(place.plain())).isEqualTo(expected);
    assertThat(holds(tables, ".")).as("what was left behind in the tables' folder").isFalse();
    assertThat(holds(folder.resolve("runs"), ".")).isFalse();
  }

  private void killDemoWhen(Predicate<ChildGradzoo> moment) throws Exception {
    try (ChildGradzoo child =
        ChildGradzoo.start(place, "local[2]", "demo", "--output=" + place.plainFolder())) {
      child.killWhen(() -> moment.test(child));
    }
  }

  /** Complete batches of members whose gradient sets are not published yet. */
  private static long stagedBatches(Path tables) {
    File[] stagings = tables.toFile().listFiles((place, name) -> name.startsWith(".gradients-"));
    return stagings == null
        ? 0
        : Stream.of(stagings)
            .flatMap(staging -> Stream.of(Objects.requireNonNullElse(staging.list(), NONE)))
            .filter(name -> name.startsWith("batch_"))
            .count();
  }

  /** Whether a folder has a file of that beginning. */
  private static boolean holds(Path folder, String beginning) {
    String[] names = folder.toFile().list();
    return names != null && Stream.of(names).anyMatch(name -> name.startsWith(beginning));
  }
}
