package io.gradzoo.jobs.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.engine.device.EmulatedAccelerator;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.testing.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuBenchTest {

  @Test
  void everythingIsTrainedAndGradientsAreTakenAndTheirKernelsAreTimed() throws Exception {
    boolean required = "required".equals(System.getenv("GRADZOO_COMPILER"));
    assumeTrue(required || EmulatedAccelerator.available(), "no C++ compiler");

    Outcome outcome =
        Outcome.of("gpu", "bench", "--device=emulated", "--small", "--batches=3", "--seconds=0.05");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).hasSize(23);
    assertThat(outcome.out().get(0)).startsWith("device: emulated;");
    assertThat(outcome.out().get(5)).matches("GradMetaNet\\+\\+ +3 .* sets/s .*% of products.*");
    assertThat(outcome.out().get(6)).matches("zoo training, ReLU CNN +3 .* images/s .*");
    assertThat(outcome.out().get(8)).matches("gradients, ReLU CNN +3 .* samples/s .*");
    for (String json : outcome.out().subList(12, 23)) {
      JsonNode line = new ObjectMapper().readTree(json);
      String subject = line.get("subject").asText();
      boolean gradients = subject.startsWith("gradients");
      boolean zoo = subject.startsWith("zoo training");
      String ofMetanetwork = subject.startsWith("Scale") ? "networks" : "sets";
      String unit = gradients ? "samples" : zoo ? "images" : ofMetanetwork;
      assertThat(line.get("products").asText()).isEqualTo(gradients ? "float32" : "tf32");
      assertThat(line.get(unit + "_of_step").asInt()).isEqualTo(gradients ? 9 : zoo ? 15 : 3);
      assertThat(line.get("batch").asInt()).isEqualTo(3);
      assertThat(line.get(unit + "_per_second").asDouble()).isPositive();
      assertThat(line.get("copy_bytes_per_second").asDouble()).isPositive();
      assertThat(line.get("operations_of_step").asDouble()).isPositive();
      assertThat(line.get("fraction_of_products").asDouble()).isBetween(0.0, 1.0);
      assertThat(line.get("estimated_fraction_of_copies").asDouble()).isBetween(1e-9, 1.0);
      assertThat(line.get("memory_bytes").asLong()).isPositive();
      JsonNode kernels = line.get("seconds_of_step_by_kernel");
      for (String kernel :
          gradients
              ? List.of("matrix product", "sum")
              : List.of("matrix product", "loss", "update")) {
        assertThat(kernels.get(kernel).asDouble()).as(kernel).isPositive();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, scalegmn-cifar10-relu", "1, scalegmn-cifar10-tanh-bidir"})
  void thePublishedOnesAreThoseOfThePresets(int subject, String preset) {
    GpuSubject measured = GpuSubject.fullSize().get(subject);

    assertThat(measured.metanetwork().layout().size())
        .isEqualTo(
            ConfigLayers.of(Path.of("../conf", preset + ".conf"))
                .load()
                .requireModel("scalegmn")
                .spec(List.of(measured.architecture()))
                .build()
                .layout()
                .size());
  }

  @Test
  void aBatchOfNothingIsAMistake() {
    Outcome.of("gpu", "bench", "--batches=64,0").refused(2, "--batches", "found 0");
  }
}
