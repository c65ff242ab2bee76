package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.testing.Outcome;
import io.gradzoo.testing.SharedSession;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A demo that dies, again and again, at known points, and is started again. */
class KilledJobTest {
  @TempDir Path folder;
  private Workplace place;

  @Test
  @Tag("slow")
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void theSameCommandAgainEndsAsIfNothingHadHappened() throws Exception {
    Workplace reference = ReferenceJob.get().place();
    place = new Workplace(folder);
    Path tables = place.plainFolder().resolve("tiny");

    demoDies(KilledGradzoo.BEFORE_RENAME, ".*/\\.members\\.new-.*/members");
    assertThat(holds(tables, ".members.new-")).as("rows that wait for their place").isTrue();
    assertThat(tables.resolve("members")).doesNotExist();
    demoDies(KilledGradzoo.BEFORE_RENAME, ".*/batch_00001");
    assertThat(tables.resolve("members")).exists();
    assertThat(holds(tables, ".gradients-")).as("staged batches").isTrue();
    demoDies(KilledGradzoo.BEFORE_RENAME, ".*/\\.gradient_sets\\.new-.*/gradient_sets");
    assertThat(tables.resolve("layer_factors")).exists();
    assertThat(tables.resolve("gradient_sets")).doesNotExist();
    Outcome training = demoDies(KilledGradzoo.AFTER_LINE, "train gradmetanet: 1/3 rounds.*");
    assertThat(training.err()).anyMatch(line -> line.contains("24 of 24 members were done before"));
    assertThat(place.run("gradmetanet")).doesNotExist();
    SharedSession.get();
    place.gradzooPlain("demo").ok();

    SortedMap<String, String> expected = reference.results(reference.iceberg());
    expected.keySet().removeIf(name -> name.contains("predictions"));
    assertThat(place.results(place.plain())).isEqualTo(expected);
    assertThat(holds(tables, ".")).as("what was left behind in the tables' folder").isFalse();
    assertThat(holds(folder.resolve("runs"), ".")).isFalse();
  }

  private Outcome demoDies(String point, String pattern) throws Exception {
    try (ChildGradzoo child =
        ChildGradzoo.dying(
            place, point, pattern, "local[2]", "demo", "--output=" + place.plainFolder())) {
      Outcome outcome = child.outcome();
      assertThat(outcome.status())
          .as(String.join("\n", outcome.err()))
          .isEqualTo(KilledGradzoo.STATUS);
      return outcome;
    }
  }

  /** Whether a folder has a file of that beginning. */
  private static boolean holds(Path folder, String beginning) {
    String[] names = folder.toFile().list();
    assertThat(names).as(folder + " is a folder").isNotNull();
    return Stream.of(names).anyMatch(name -> name.startsWith(beginning));
  }
}
