package io.gradzoo.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.jobs.bench.BenchSettings.Work;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class GradientBenchTest {
  @Test
  void aLineOfJsonSaysHowFastSampleGradientsAre() throws IOException {
    BenchSettings settings = new BenchSettings(8, 2, 0.1, Work.GRADIENTS);
    GradientBenchResult result = new GradientBench(GradientWorkload.MLP64, settings).run();
    JsonNode line = new ObjectMapper().readTree(result.json(GradientWorkload.MLP64, settings));

    assertThat(line.get("bench").asText()).isEqualTo("gradients");
    assertThat(line.get("workload").asText()).isEqualTo("mlp64");
    assertThat(line.get("architecture").asText()).isEqualTo("relu:64:dense32:dense32:dense10");
    assertThat(line.get("samples_per_second").asDouble())
        .isCloseTo(result.sets() * 8 / result.seconds(), withinPercentage(0.1));
    assertThat(line.get("gflops").asDouble() / line.get("sgemm_peak_gflops").asDouble())
        .isCloseTo(line.get("fraction_of_peak").asDouble(), withinPercentage(0.2));
  }

  @Test
  void theOperationsOfASampleAreThoseOfItsForwardAndBackwardProducts() {
    GradientBenchResult mlp = once(GradientWorkload.MLP64);
    GradientBenchResult cnn = once(GradientWorkload.CNN32);

    int dense = 64 * 32 + 32 * 32 + 32 * 10;
    int signals = 32 * 32 + 32 * 10;
    assertThat(mlp.gflopPerSample()).isCloseTo(2e-9 * (dense + signals), withinPercentage(0.01));
    int maps = 225 * 16 * 9 + 49 * 16 * 144 + 9 * 16 * 144;
    int inner = 49 * 16 * 144 + 9 * 16 * 144;
    assertThat(cnn.gflopPerSample())
        .isCloseTo(2e-9 * (2 * maps + inner + 2 * 160), withinPercentage(0.01));
  }

  private static GradientBenchResult once(GradientWorkload workload) {
    return new GradientBench(workload, new BenchSettings(16, 1, 0.001, Work.GRADIENTS)).run();
  }
}
