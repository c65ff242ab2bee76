package io.gradzoo.jobs.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.engine.device.EmulatedAccelerator;
import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.engine.golden.GoldenDistance;
import io.gradzoo.jobs.device.DeviceChoice;
import io.gradzoo.jobs.device.DeviceSettings;
import io.gradzoo.testing.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpuCheckTest {
  private static final DeviceSettings ROUNDED =
      new DeviceSettings(DeviceChoice.CUDA, ProductPrecision.TF32);
  private static final DeviceSettings STRICT =
      new DeviceSettings(DeviceChoice.CUDA, ProductPrecision.FLOAT32);

  @Test
  void theEmulatedGpuAgreesInEverything() throws Exception {
    boolean required = "required".equals(System.getenv("GRADZOO_COMPILER"));
    assumeTrue(required || EmulatedAccelerator.available(), "no C++ compiler");

    Outcome outcome = Outcome.of("gpu", "check", "--device", "emulated");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).anyMatch(line -> line.startsWith("GradMetaNet++ "));
    assertThat(outcome.out()).anyMatch(line -> line.startsWith("gradients, SIREN "));
    assertThat(outcome.out()).anyMatch(line -> line.startsWith("zoo training, ReLU CNN "));
    assertThat(outcome.out()).anyMatch(line -> line.startsWith("ScaleGMN, changes of networks "));
    JsonNode line = new ObjectMapper().readTree(outcome.out().get(outcome.out().size() - 1));
    assertThat(line.get("passed").asBoolean()).isTrue();
    assertThat(line.get("compared").asInt()).isGreaterThan(45);
    assertThat(line.get("golden").asInt()).isEqualTo(44);
    assertThat(line.get("largest_of_outputs").asDouble()).isBetween(1e-8, 2e-5);
    assertThat(line.get("largest_of_gradients").asDouble()).isBetween(1e-8, 1e-4);
    assertThat(outcome.out()).anyMatch(row -> row.startsWith("cnn_hetero_fw_last "));
    assertThat(line.get("memory_bytes").asLong()).isPositive();
    assertThat(outcome.out().get(0)).contains("no GPU is used");
  }

  @Test
  void aDifferenceOrOtherBitsFail() {
    GpuCheckResult.Checked good = new GpuCheckResult.Checked("sum", 1e-7, true);
    GpuCheckResult.Checked far = new GpuCheckResult.Checked("map", 1e-3, true);
    GpuCheckResult.Checked broken = new GpuCheckResult.Checked("norm", Double.NaN, true);
    GpuCheckResult.Checked random = new GpuCheckResult.Checked("fold", 0, false);

    assertThat(new GpuCheckResult(STRICT, "made up", 0, List.of(good), List.of()).passed())
        .isTrue();
    for (GpuCheckResult.Checked bad : List.of(far, broken, random)) {
      assertFails(
          new GpuCheckResult(STRICT, "made up", 0, List.of(good, bad), List.of()), bad.what());
    }
  }

  @Test
  void otherValuesThanTheStoredOnesFailWhateverProductsAre() {
    GpuCheckResult.Golden good = golden("near", 1e-6, 9e-5, true);
    GpuCheckResult.Golden outputs = golden("outputs", 3e-5, 0, true);
    GpuCheckResult.Golden gradients = golden("gradients", 1e-6, 2e-4, true);
    GpuCheckResult.Golden broken = golden("broken", Double.NaN, 0, true);
    GpuCheckResult.Golden random = golden("random", 1e-6, 9e-5, false);

    assertThat(new GpuCheckResult(ROUNDED, "made up", 0, List.of(), List.of(good)).passed())
        .isTrue();
    for (GpuCheckResult.Golden bad : List.of(outputs, gradients, broken, random)) {
      assertFails(
          new GpuCheckResult(ROUNDED, "made up", 0, List.of(), List.of(good, bad)), bad.what());
    }
  }

  private static GpuCheckResult.Golden golden(
      String name, double outputs, double gradients, boolean sameBits) {
    return new GpuCheckResult.Golden(name, new GoldenDistance(outputs, gradients), sameBits);
  }

  private static void assertFails(GpuCheckResult result, String failed) {
    assertThat(result.passed()).isFalse();
    assertThat(result.table().lines().filter(line -> line.endsWith("FAILED")))
        .singleElement()
        .asString()
        .startsWith(failed);
    assertThat(result.json()).contains("\"failed\":1").contains("\"passed\":false");
  }

  @Test
  void roundedFactorsMayDifferByMore() {
    GpuCheckResult.Checked far = new GpuCheckResult.Checked("map", 1e-3, true);
    assertThat(new GpuCheckResult(ROUNDED, "made up", 0, List.of(far), List.of()).passed())
        .isTrue();
  }
}
