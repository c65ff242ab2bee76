package io.gradzoo.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.golden.GoldenDistance;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.jobs.golden.GoldenFiles;
import io.gradzoo.jobs.golden.ScaleGmnCase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ScaleGMN against values of the public implementation (see docs/golden-vectors.md). */
class ScaleGmnGoldenTest {

  static List<ScaleGmnCase> cases() {
    return GoldenFiles.scaleGmn();
  }

  @Test
  void allCasesAreThere() {
    assertThat(cases()).hasSize(22);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void outputsAndGradientsEqualThePublicImplementations(ScaleGmnCase golden) {
    GoldenDistance distance = golden.distance(CpuDevice.best());

    assertThat(distance.outputs()).as("outputs").isLessThan(2e-5);
    assertThat(distance.gradients()).as("gradients").isPositive().isLessThan(1e-4);
  }
}
