package io.gradzoo.datasets.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Runs in strata, and runs with equal weights. */
class DividedRunsTest {
  private static final int DRAWS = 1000;

  @Test
  void noRunAndNoWeightsAreInTwoSplitsInAThousandDraws() {
    SplittableRandom random = new SplittableRandom(3);
    for (int draw = 0; draw < DRAWS; draw++) {
      RunSplit shares = new RunSplit(random.nextLong(), 0.5, 0.25);
      RunGroups groups = new RunGroups();
      Map<String, List<String>> weights = new HashMap<>();
      for (int run = 0; run < 20; run++) {
        // Few weights, so that many runs share some, through others too.
        weights.put(
            "r" + run, List.of("w" + random.nextInt(60), "w" + random.nextInt(60), "own" + run));
        for (String each : weights.get("r" + run)) {
          groups.add("r" + run, each);
        }
      }
      Map<String, String> all = groups.all();
      Map<String, String> strata = new HashMap<>();
      all.values().forEach(group -> strata.put(group, group.hashCode() % 2 + ""));
      Map<String, Split> stratified = StratifiedSplit.of(shares, strata);

      Map<String, Split> hashedByWeights = new HashMap<>();
      Map<String, Split> stratifiedByWeights = new HashMap<>();
      weights.forEach(
          (run, own) -> {
            Split hashed = shares.assign(all.get(run));
            Split inStratum = stratified.get(all.get(run));
            assertThat(inStratum).isNotNull();
            for (String each : own) {
              assertThat(hashedByWeights.merge(each, hashed, (a, b) -> a)).isEqualTo(hashed);
              assertThat(stratifiedByWeights.merge(each, inStratum, (a, b) -> a))
                  .isEqualTo(inStratum);
            }
          });
    }
  }

  @Test
  void aGroupIsCalledAsItsFirstRunWhateverTheOrder() {
    RunGroups groups = new RunGroups();
    groups.add("c", "w1");
    groups.add("b", "w2");
    groups.add("d", "w3");
    groups.add("c", "w2");
    groups.add("a", "w1");

    assertThat(groups.all())
        .containsOnly(
            Map.entry("a", "a"), Map.entry("b", "a"), Map.entry("c", "a"), Map.entry("d", "d"));
  }

  @Test
  void everyStratumHasTheSharesOfTheWhole() {
    Map<String, String> strata = new HashMap<>();
    for (int run = 0; run < 120; run++) {
      strata.put("r" + run, run < 20 ? "few" : "many");
    }

    Map<String, Split> divided = StratifiedSplit.of(new RunSplit(9, 0.7, 0.15), strata);

    assertThat(count(divided, strata, "few", Split.TRAIN)).isEqualTo(14);
    assertThat(count(divided, strata, "few", Split.VALIDATION)).isEqualTo(3);
    assertThat(count(divided, strata, "many", Split.TRAIN)).isEqualTo(70);
    assertThat(count(divided, strata, "many", Split.TEST)).isEqualTo(15);
  }

  private static long count(
      Map<String, Split> divided, Map<String, String> strata, String stratum, Split split) {
    return divided.entrySet().stream()
        .filter(run -> strata.get(run.getKey()).equals(stratum))
        .filter(run -> run.getValue() == split)
        .count();
  }
}
