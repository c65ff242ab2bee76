package io.gradzoo.engine.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** GradMetaNets against an independent implementation in double precision. */
class GoldenSetsTest {

  static List<GoldenCase> cases() {
    return StoredGolden.sets().cases();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void outputsAndGradientsEqualTheGoldenValues(GoldenCase golden) {
    GoldenDistance distance = golden.distance(CpuDevice.best());

    assertThat(distance.outputs()).as("outputs").isPositive().isLessThan(2e-5);
    assertThat(distance.gradients()).as("gradients").isLessThan(1e-4);
    boolean stored = golden instanceof GoldenSetCase set && set.hasGradients();
    assertThat(distance.gradients() > 0).isEqualTo(stored);
  }

  @Test
  void eightCasesHaveGradients() {
    assertThat(cases()).hasSize(22);
    assertThat(cases())
        .filteredOn(of -> of instanceof GoldenSetCase set && set.hasGradients())
        .hasSize(8);
  }
}
