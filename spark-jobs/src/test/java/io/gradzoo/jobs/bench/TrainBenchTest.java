package io.gradzoo.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TrainBenchTest {
  @Test
  void aLineOfJsonHasBothRates() throws IOException {
    SharedSession.get();
    JsonNode line =
        new ObjectMapper().readTree(new TrainBench(config(), "scalegmn", 2, 0.1).run("digits"));

    assertThat(line.get("preset").asText()).isEqualTo("digits");
    double rounds = line.get("examples_per_second_in_rounds").asDouble();
    double steps = line.get("examples_per_second_of_steps_alone").asDouble();
    assertThat(line.get("fraction_of_steps_alone").asDouble())
        .isCloseTo(rounds / steps, withinPercentage(0.2));
    assertThat(line.get("seconds_per_round").asDouble() * rounds)
        .isCloseTo(2 * 2 * 3, withinPercentage(0.2));
  }

  @Test
  void aModelWithoutMembersAndImpossibleNumbersAreMistakes() {
    assertThatThrownBy(() -> new TrainBench(config(), "scalegmm", 1, 1))
        .isInstanceOf(GradzooException.class);
    assertThatThrownBy(() -> new TrainBench(config(), "scalegmn", 0, 1))
        .isInstanceOf(GradzooException.class)
        .hasMessageContaining("--threads");
  }

  private static GradzooConfig config() {
    return ConfigLayers.of(
            Path.of("../conf/digits.conf"),
            "models.scalegmn.scalegmn.width=16",
            "models.scalegmn.training={shards=2,steps-per-round=2,batch-size=3}")
        .load();
  }
}
