package io.gradzoo.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ZooBenchTest {
  @ParameterizedTest
  @EnumSource
  void theLineSaysWhatWasMeasured(ZooWorkload workload) throws Exception {
    BenchSettings settings =
        new BenchSettings(workload.batch(), 1, 0.2, BenchSettings.Work.TRAINING);

    ZooBenchResult result = new ZooBench(workload, settings).run();
    JsonNode line = new ObjectMapper().readTree(result.json(settings));

    assertThat(line.get("workload").asText()).isEqualTo(workload.toString());
    assertThat(line.get("images_per_second").asDouble()).isPositive();
    assertThat(line.get("fraction_of_peak").asDouble()).isBetween(1e-4, 1.0);
    if (workload == ZooWorkload.MLP64) {
      double products = 64 * 32 + 32 * 32 + 32 * 10;
      double backward = 32 * 32 + 32 * 10;
      assertThat(line.get("gflop_per_image").asDouble() * 1e9)
          .as("forward, gradients of weights, signals of all layers but the first")
          .isCloseTo(2 * (2 * products + backward), within(10.0));
    }
  }
}
