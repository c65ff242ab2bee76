package io.gradzoo.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.bench.BenchSettings.Work;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.GradzooConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightBenchTest {
  @Test
  void aLineOfJsonSaysHowFastStepsAre() throws IOException {
    BenchSettings settings = new BenchSettings(5, 2, 0.2, Work.TRAINING);
    BenchResult result =
        new WeightBench(preset("scalegmn-cifar10-hetero-bidir"), "scalegmn", settings).run();
    JsonNode line =
        new ObjectMapper()
            .readTree(result.json(new BenchSubject("scalegmn", "network"), "p", settings));

    assertThat(line.get("architectures").asText())
        .isEqualTo(
            "relu:1x32x32:conv16k3s2p0:conv16k3s2p0:conv16k3s2p0:gap:dense10"
                + " tanh:1x32x32:conv16k3s2p0:conv16k3s2p0:conv16k3s2p0:gap:dense10");
    assertThat(line.get("networks_per_second").asDouble())
        .isCloseTo(result.steps() * 5 / result.seconds(), withinPercentage(0.1));
    assertThat(line.get("gflops").asDouble() / line.get("sgemm_peak_gflops").asDouble())
        .isCloseTo(line.get("fraction_of_peak").asDouble(), withinPercentage(0.2));
    assertThat(result.loss()).isBetween(0.0, 1.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"scalegmn-mnist-inr-bidir", "scalegmn-mnist-editing", "scalegmn-prune-cnn"})
  void everyKindOfHeadTakesStepsWithALossThatIsFinite(String preset) {
    BenchResult result =
        new WeightBench(preset(preset), "scalegmn", new BenchSettings(3, 2, 0.01, Work.TRAINING))
            .run();

    assertThat(result.loss()).isPositive().isFinite();
  }

  @Test
  void aTrainingStepMultipliesAboutThreeTimesAsMuchAsAForwardPass() {
    double forward = work(Work.FORWARD).gflopPerExample();
    double training = work(Work.TRAINING).gflopPerExample();

    assertThat(training / forward).isBetween(2.0, 3.2);
  }

  @Test
  void productsAreCountedAndNothingElse() {
    ProductCounter counter = new ProductCounter();
    Kernels counted = counter.counting(CpuKernels.scalar());
    float[] a = {1, 2, 3, 4, 5, 6};
    float[] b = {1, 0, 0, 1, 1, 1};
    float[] c = new float[4];

    counted.multiply(2, 2, 3, a, 0, 3, b, 0, 2, c, 0, 2);
    counted.add(a, 0, b, 0, 4);
    counted.transpose(2, 3, a, 0, 3, b, 0, 2);

    assertThat(c).containsExactly(4, 5, 10, 11);
    assertThat(counter.operations()).isEqualTo(2 * 2 * 2 * 3);
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new BenchSettings(0, 1, 1, Work.FORWARD))
        .isInstanceOf(GradzooException.class)
        .hasMessage("bench: --batch: expected a number from 1 to 65536, found 0");
    assertThatThrownBy(() -> new BenchSettings(1, 257, 1, Work.FORWARD))
        .hasMessage("bench: --threads: expected a number from 1 to 256, found 257");
    assertThatThrownBy(() -> new BenchSettings(1, 1, Double.NaN, Work.FORWARD))
        .hasMessage("bench: --seconds: expected a number from over 0 to 3600, found NaN");
  }

  private static BenchResult work(Work work) {
    return new WeightBench(preset("digits"), "scalegmn", new BenchSettings(4, 1, 0.01, work)).run();
  }

  private static GradzooConfig preset(String name) {
    return ConfigLayers.of(
            Path.of("../conf/" + name + ".conf"), "models.scalegmn.scalegmn.width=16")
        .load();
  }
}
