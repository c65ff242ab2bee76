package io.gradzoo.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.jobs.bench.BenchSettings.Work;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GradMetaNetBenchTest {
  @ParameterizedTest
  @EnumSource
  void aLineOfJsonSaysHowFastGradientSetsAre(GradMetaNetVariant variant) throws IOException {
    BenchSettings settings = new BenchSettings(2, 2, 0.05, Work.TRAINING);
    BenchSubject subject = new BenchSubject("any", "set");
    BenchResult result = new GradMetaNetBench(variant, settings).run();
    JsonNode line = new ObjectMapper().readTree(result.json(subject, "", settings));

    assertThat(line.get("bench").asText()).isEqualTo("any");
    assertThat(line.has("preset")).isFalse();
    assertThat(line.get("sets_per_second").asDouble())
        .isCloseTo(result.steps() * 2 / result.seconds(), withinPercentage(0.1));
    assertThat(line.get("gflop_per_set").asDouble()).isPositive();
    assertThat(result.loss()).isBetween(0.0, 1.0);
  }
}
