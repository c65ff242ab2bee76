package io.gradzoo.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.testing.SharedSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bench on sizes that take no time. */
class AveragingBenchTest {
  @Test
  void hasALineForEachPairOfSizesBesideBareSpark() throws Exception {
    SharedSession.get();
    List<String> lines = new ArrayList<>();

    new AveragingBench("local[2]", List.of(20_000, 60_000), List.of(3), 1).run(lines::add);

    assertThat(lines).hasSize(2);
    JsonNode line = new ObjectMapper().readTree(lines.get(1));
    assertThat(line.get("parameters").asInt()).isBetween(50_000, 70_000);
    assertThat(line.get("shards").asInt()).isEqualTo(3);
    assertThat(line.get("averaged").asText()).isEqualTo("on the driver");
    assertThat(line.get("seconds_per_round").asDouble()).isPositive();
    assertThat(line.get("seconds_of_bare_spark").asDouble()).isPositive();
    assertThat(line.get("ratio_to_bare_spark").asDouble()).isPositive();
  }
}
