package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One config, one result: the tables' contents and the models' bytes depend neither on how work is
 * cut into tasks and partitions nor on how many threads do it.
 */
class DeterminismTest {
  private static SortedMap<String, String> expected;
  @TempDir Path folder;

  @BeforeAll
  static void runTheJob() {
    Workplace place = ReferenceJob.get().place();
    expected = place.results(place.iceberg());
    expected.keySet().removeIf(name -> name.contains("predictions"));
    assertThat(expected).hasSize(5 + 2 * 2);
  }

  @AfterAll
  static void backToTheUsualSession() {
    SharedSession.get();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("waysToCutTheWork")
  void doesNotDependOnHowTheWorkIsCut(
      String master, Map<String, String> settings, List<String> config) {
    SharedSession.on(master, settings);
    Workplace place = new Workplace(folder);
    for (List<String> command :
        List.of(
            List.of("zoo", "generate"),
            List.of("gradients", "compute"),
            List.of("train", "gradmetanet"),
            List.of("train", "scalegmn"))) {
      List<String> words = new ArrayList<>(command);
      String own = "--set=" + command.get(0) + ".";
      config.stream().filter(setting -> setting.startsWith(own)).forEach(words::add);
      place.gradzooPlain(words.toArray(String[]::new)).ok();
    }

    assertThat(place.results(place.plain())).isEqualTo(expected);
  }

  @Test
  void anotherSeedGivesAnotherResult() {
    SharedSession.get();
    Workplace place = new Workplace(folder);
    place.gradzooPlain("zoo", "generate", "--set=seed=259", "--set=zoo.runs=3").ok();
    place.gradzooPlain("gradients", "compute", "--set=seed=259", "--set=zoo.runs=3").ok();

    assertThat(place.results(place.plain()).values())
        .doesNotContainAnyElementsOf(expected.values());
  }

  private static Stream<Arguments> waysToCutTheWork() {
    return Stream.of(
        Arguments.of(
            "local[1]",
            Map.of("spark.sql.shuffle.partitions", "1", "spark.default.parallelism", "1"),
            List.of("--set=zoo.members-per-task=1", "--set=gradients.members-per-task=2")),
        Arguments.of(
            "local[4]",
            Map.of(
                "spark.sql.shuffle.partitions",
                "8",
                "spark.default.parallelism",
                "8",
                "spark.sql.adaptive.enabled",
                "false"),
            List.of("--set=zoo.members-per-task=12", "--set=gradients.members-per-task=7")));
  }
}
