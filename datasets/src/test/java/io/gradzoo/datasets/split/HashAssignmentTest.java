package io.gradzoo.datasets.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expected values were computed from the formulas in the documentation by a program in Python. */
class HashAssignmentTest {
  private static final RunSplit SPLIT = new RunSplit(42, 0.7, 0.15);
  private static final ShardAssignment SHARDS = new ShardAssignment(42, 8);

  @Test
  void theHashIsTheDocumentedOneForEver() {
    assertThat(StableHash.of(0, 0)).isEqualTo(0xd49ffe2f0ef90131L);
    assertThat(StableHash.of(1, 0)).isEqualTo(0x67bbc0bc280aa6f5L);
    assertThat(StableHash.of(42, 123456789)).isEqualTo(0xb293a53d0119acdbL);
    assertThat(StableHash.of(-1, -7)).isEqualTo(0xc0eab9b9e0f060dfL);
    assertThat(StableHash.of(42, "größe/run-1")).isEqualTo(0xdcbdd801215c61d5L);
  }

  @Test
  void runsStayInTheirSplitForEver() {
    assertThat(initials(i -> SPLIT.assign(i)))
        .isEqualTo("TTETTTVTTTTTETTTTVTTTTTVTTTTVTTETTTTTEET");
    assertThat(initials(i -> SPLIT.assign("run-" + i)))
        .isEqualTo("TTVEETTVTVTETTTTETTTTTETTTVTTEVETTETTTVV");
  }

  @Test
  void membersStayInTheirShardForEver() {
    int[] shards = IntStream.range(0, 20).map(i -> SHARDS.assign((long) i)).toArray();

    assertThat(shards).containsExactly(0, 1, 4, 0, 1, 3, 2, 5, 3, 4, 4, 4, 4, 4, 7, 4, 3, 1, 2, 6);
    int[] ofTexts =
        IntStream.range(0, 20).map(i -> SHARDS.assign("r%06d-e000".formatted(i))).toArray();
    assertThat(ofTexts).containsExactly(2, 7, 1, 0, 0, 6, 2, 3, 0, 4, 2, 1, 5, 3, 5, 1, 2, 2, 4, 7);
  }

  @Test
  void splitsHaveAboutTheirShares() {
    Map<Split, Integer> counts = new EnumMap<>(Split.class);
    for (int i = 0; i < 100_000; i++) {
      counts.merge(SPLIT.assign("modeldir/" + i), 1, Integer::sum);
    }

    // Six standard deviations are 870, 678 and 678.
    assertThat(counts.get(Split.TRAIN)).isBetween(69_130, 70_870);
    assertThat(counts.get(Split.VALIDATION)).isBetween(14_322, 15_678);
    assertThat(counts.get(Split.TEST)).isBetween(14_322, 15_678);
  }

  @Test
  void shardsAreAboutEqualAndIndependentOfTheSplit() {
    int[] counts = new int[8];
    for (int i = 0; i < 100_000; i++) {
      if (SPLIT.assign(i) == Split.TRAIN) {
        counts[SHARDS.assign((long) i)]++;
      }
    }

    // Six standard deviations are 530.
    assertThat(Arrays.stream(counts)).allSatisfy(c -> assertThat(c).isBetween(8_220, 9_280));
  }

  @Test
  void sharesOfZeroAndOneLeaveNobodyOver() {
    RunSplit allTrain = new RunSplit(1, 1, 0);
    RunSplit allTest = new RunSplit(1, 0, 0);

    for (int i = 0; i < 1000; i++) {
      assertThat(allTrain.assign(i)).isEqualTo(Split.TRAIN);
      assertThat(allTest.assign(i)).isEqualTo(Split.TEST);
    }
  }

  @Test
  void impossibleSharesAndShardsAreRefused() {
    assertThatThrownBy(() -> new RunSplit(1, 0.8, 0.3)).hasMessageContaining("0.8 to train");
    assertThatThrownBy(() -> new RunSplit(1, Double.NaN, 0)).hasMessageContaining("NaN to train");
    assertThatThrownBy(() -> new RunSplit(1, -0.1, 0)).hasMessageContaining("-0.1 to train");
    assertThatThrownBy(() -> new ShardAssignment(1, 0)).hasMessageContaining("found 0");
  }

  @Test
  void membersAreDividedIntoTheirShardsInTheOrderGiven() {
    List<String> members = IntStream.range(0, 12).mapToObj(i -> "run-" + (11 - i)).toList();

    List<List<String>> divided = new ShardAssignment(42, 40).divide(members, member -> member);

    assertThat(divided).hasSize(40).anyMatch(List::isEmpty);
    for (int shard = 0; shard < 40; shard++) {
      int own = shard;
      assertThat(divided.get(shard))
          .isEqualTo(
              members.stream()
                  .filter(member -> new ShardAssignment(42, 40).assign(member) == own)
                  .toList());
    }
  }

  private static String initials(IntFunction<Split> split) {
    return IntStream.range(0, 40)
        .mapToObj(i -> split.apply(i) == Split.TEST ? "E" : split.apply(i).name().substring(0, 1))
        .collect(Collectors.joining());
  }
}
