package io.gradzoo.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Standing;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.example.MemberSplits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Files of checkpoints: what is read is what was written, to the bit, or it is refused. */
class CheckpointFileTest {
  private static final ParameterLayout LAYOUT = layout(3);
  private static final MemberSplits MEMBERS = new MemberSplits(part(16), part(4), part(4));
  private static final TrainingIdentity IDENTITY =
      new TrainingIdentity(
          new TreeMap<>(Map.of("seed", "7")), MEMBERS, "0123456789abcdef", Optional.empty());
  private static final String METRICS =
      "{\"round\":1}\n{\"round\":2,\"validation_r2\":\"-Infinity\"}\n";

  @Test
  void whatIsReadIsWhatWasWritten() {
    Standing written = checkpoint(Optional.of(new BestOfRounds.Best(numbers(9), 7, -0.1 - 1e-17)));
    CheckpointFile read = CheckpointFile.parse("file", file(written).bytes());

    assertThat(read.reached("file", LAYOUT, empty(2)))
        .usingRecursiveComparison()
        .isEqualTo(written);
    assertThat(read.identity()).contains(IDENTITY);
    assertThat(read.metrics()).isEqualTo(METRICS);
    assertThat(read.bytes()).isEqualTo(file(written).bytes());
  }

  @Test
  void beforeTheFirstEvaluationThereIsNoBest() {
    Standing written = checkpoint(Optional.empty());

    assertThat(
            CheckpointFile.parse("f", file(written).bytes()).reached("f", LAYOUT, empty(2)).best())
        .isEmpty();
  }

  @Test
  void velocitiesAndMomentsOfShardsAreKept() {
    List<float[]> moments = List.of(numbers(18), numbers(18));
    moments.get(1)[4] = 3;
    TrainingState state = new TrainingState(numbers(9), 9, 200, numbers(9), moments);
    Standing written = new Standing(8, state, Optional.empty());
    TrainingState like =
        new TrainingState(new float[9], 9, 0, new float[9], List.of(new float[18], new float[18]));
    CheckpointFile read = CheckpointFile.parse("f", file(written).bytes());

    assertThat(read.reached("f", LAYOUT, like)).usingRecursiveComparison().isEqualTo(written);
    assertThat(like.velocity()).containsOnly(0);
    assertThatThrownBy(() -> read.reached("f", LAYOUT, empty(2)))
        .hasMessageContaining("moments.1.weight [3, 2] (found none)");
    assertThat(file(checkpoint(Optional.empty())).reached("f", LAYOUT, outer()).state().velocity())
        .as("a training without an outer optimiser has none")
        .containsOnly(0);
  }

  private static TrainingState outer() {
    return new TrainingState(new float[27], 9, 0, new float[9], List.of());
  }

  @Test
  void everyBitThatFlipsIsFound() {
    byte[] whole = file(checkpoint(Optional.empty())).bytes();
    List<Integer> unnoticed = new ArrayList<>();
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      if (!refused(damaged)) {
        unnoticed.add(bit);
      }
    }
    for (int length = 0; length < whole.length; length++) {
      assertThat(refused(Arrays.copyOf(whole, length))).as("%d bytes", length).isTrue();
    }

    assertThat(unnoticed).isEmpty();
  }

  @Test
  void anotherMetanetworkOrOptimiserIsNamed() {
    CheckpointFile file = file(checkpoint(Optional.empty()));

    assertThatThrownBy(() -> file.reached("f", layout(4), empty(2)))
        .isInstanceOf(GradzooException.class)
        .hasMessageContaining("f: expected parameters.weight [4, 2] (found [3, 2])");
    assertThatThrownBy(() -> file.reached("f", LAYOUT, empty(3)))
        .hasMessageContaining("moments.3.weight [3, 2] (found none)");
  }

  @Test
  void everyDifferenceOfTwoTrainingsIsInWords() {
    TrainingIdentity other =
        new TrainingIdentity(
            new TreeMap<>(Map.of("seed", "8", "new", "1")),
            new MemberSplits(part(17), part(4), part(4)),
            "fedcba9876543210",
            Optional.of("ab"));

    assertThat(IDENTITY.differences(IDENTITY)).isEmpty();
    assertThat(IDENTITY.differences(other))
        .containsExactly(
            "new null (here 1)",
            "seed 7 (here 8)",
            "members 16 train (00000000), 4 validation, 4 test"
                + " (here 17 train (00000000), 4 validation, 4 test)",
            "code 0123456789abcdef (here fedcba9876543210)",
            "started-from none (here ab)");
  }

  private static boolean refused(byte[] bytes) {
    try {
      CheckpointFile.parse("file", bytes);
      return false;
    } catch (GradzooException | DataException e) {
      return true;
    }
  }

  private static CheckpointFile file(Standing reached) {
    return CheckpointFile.of(
        IDENTITY, List.of("tiny.members: snapshot 7"), METRICS, LAYOUT, reached);
  }

  private static Standing checkpoint(Optional<BestOfRounds.Best> best) {
    return new Standing(8, new TrainingState(numbers(27), 9, 200), best);
  }

  private static TrainingState empty(int momentVectors) {
    return new TrainingState(new float[9 * (1 + momentVectors)], 9, 0);
  }

  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) Math.sin(i) * 1e-3f;
    }
    numbers[0] = -0f;
    numbers[1] = Float.MIN_VALUE;
    return numbers;
  }

  private static MemberSplits.Part part(long count) {
    return new MemberSplits.Part(count, "0".repeat(64));
  }

  private static ParameterLayout layout(int rows) {
    ParameterLayout layout = new ParameterLayout();
    layout.add("weight", Initialization.constant(0), rows, 2);
    layout.add("bias", Initialization.constant(0), 3);
    return layout;
  }
}
