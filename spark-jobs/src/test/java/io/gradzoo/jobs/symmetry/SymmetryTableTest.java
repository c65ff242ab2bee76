package io.gradzoo.jobs.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.family.Transformation;
import io.gradzoo.jobs.model.SymmetryPromise;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class SymmetryTableTest {
  private static final Change PERMUTATION =
      change(SymmetryPromise.respects(Transformation.PERMUTATION));
  private static final Change CONTROL =
      change(SymmetryPromise.notices(Transformation.FOREIGN_RESCALING));

  @Test
  void aNearlyConstantModelHasNothingToCheck() {
    List<String> lines =
        table(measured(PERMUTATION, "relu", 1e-7), measured(CONTROL, "relu", 2e-6));

    assertThat(lines)
        .anyMatch(line -> line.matches(" *neuron permutations +relu .* nothing to check"))
        .anyMatch(line -> line.matches(" *no symmetry: sign flips +relu .* nothing to check"))
        .last()
        .isEqualTo("m: nothing to check: what is no symmetry does not change its result either");
  }

  @Test
  void networksOnWhichThereIsNothingToCheckAreNamed() {
    List<String> lines =
        table(
            measured(PERMUTATION, "relu", 1e-7),
            measured(CONTROL, "relu", 2e-6),
            measured(PERMUTATION, "tanh", 1e-7),
            measured(CONTROL, "tanh", 0.3));

    assertThat(lines)
        .anyMatch(line -> line.matches(" *neuron permutations +tanh .* holds"))
        .last()
        .isEqualTo("m respects all its symmetries; nothing to check on relu networks");
  }

  @Test
  void whatIsViolatedIsNamedWhateverTheControlFound() {
    List<String> lines = table(measured(PERMUTATION, "relu", 0.5), measured(CONTROL, "relu", 0));

    assertThat(lines)
        .anyMatch(line -> line.matches(" *neuron permutations +relu .* VIOLATED"))
        .last()
        .isEqualTo("m fails on neuron permutations (relu)");
  }

  @Test
  void resultsThatAreNotFiniteViolateASymmetry() {
    List<String> lines =
        table(measured(PERMUTATION, "relu", Double.NaN), measured(CONTROL, "relu", Double.NaN));

    assertThat(lines).last().isEqualTo("m fails on neuron permutations (relu)");
  }

  private static Measurement measured(Change change, String activation, double difference) {
    return new Measurement(change, activation, 200, difference, difference);
  }

  private static List<String> table(Measurement... measurements) {
    StringWriter out = new StringWriter();
    SymmetryTable.print("m", "zoo", List.of(measurements), new PrintWriter(out));
    return out.toString().lines().toList();
  }

  private static Change change(SymmetryPromise promise) {
    return Change.of(List.of(promise), LayeredArchitecture.parse("relu:2:dense2:dense1")).get(0);
  }
}
