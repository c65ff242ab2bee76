package io.gradzoo.engine.metanet.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatNnTest {
  private final StatNn statNn = new StatNn(4, 8, 1);
  private final LayeredArchitecture architecture =
      LayeredArchitecture.parse("relu:2:dense2:dense1");

  /** Mean, variance and quartiles as numpy computes them. */
  @Test
  void featuresAreTheMomentsAndQuantilesOfEachTensor() {
    float[] network = {4, 1, 3, 2, /* bias */ -1, 5, /* weights */ 10, 20, /* bias */ 7};

    assertThat(WeightStatistics.of(architecture, network))
        .containsExactly(
            new double[] {
              2.5, 1.25, 1, 1.75, 2.5, 3.25, 4, 2, 9, -1, 0.5, 2, 3.5, 5, 15, 25, 10, 12.5, 15,
              17.5, 20, 7, 0, 7, 7, 7, 7, 7
            },
            within(1e-12));
    assertThat(network).startsWith(4, 1, 3, 2);
  }

  @Test
  void outputIsInvariantToPermutationsOfNeuronsAndDependsOnTheWeights() {
    LayeredArchitecture wide = LayeredArchitecture.parse("relu:5:dense7:dense3");
    float[] network = Initializer.NORMAL.parameters(wide, 0.7, 1);
    float[] permuted = NeuronPermutation.random(wide, 4).apply(wide, network);
    float[] other = Initializer.NORMAL.parameters(wide, 0.7, 2);
    Program program = compile(wide, 3);
    program.load(0, ExampleParts.ofFeatures(statistics(wide, network)));
    program.load(1, ExampleParts.ofFeatures(statistics(wide, permuted)));
    program.load(2, ExampleParts.ofFeatures(statistics(wide, other)));
    program.forward(3);

    float[] outputs = program.output().values();
    assertThat(outputs[1]).isCloseTo(outputs[0], within(1e-5f));
    assertThat(Math.abs(outputs[2] - outputs[0])).isGreaterThan(1e-3f);
  }

  @Test
  void networksOfAnotherDepthAreRefused() {
    assertThatThrownBy(() -> compile(LayeredArchitecture.parse("relu:2:dense1"), 1))
        .hasMessage(
            "StatNN: network relu:2:dense1: expected 4 tensors, as this StatNN reads, found 2");
  }

  @Test
  void thePublishedOneIsAPerceptronOfTwoHiddenLayersOfAThousandRectifiers() {
    PublishedStatNn published = new PublishedStatNn(4);
    LayeredArchitecture wide = LayeredArchitecture.parse("relu:5:dense7:dense3");
    float[] values = published.layout().initialize(5);
    float[] statistics = statistics(wide, Initializer.NORMAL.parameters(wide, 0.7, 1));
    Program program =
        published.compile(
            wide, new Tape(CpuDevice.best(), Parameters.over(values), 1, Tape.Mode.INFERENCE));
    program.load(0, ExampleParts.ofFeatures(statistics));
    program.forward(1);

    assertThat(values).hasSize(28 * 1000 + 1000 + 1000 * 1000 + 1000 + 1000 + 1);
    double[] x = IntStream.range(0, 28).mapToDouble(i -> statistics[i]).toArray();
    int at = 0;
    for (int width : new int[] {1000, 1000, 1}) {
      double[] y = new double[width];
      for (int o = 0; o < width; o++) {
        for (int i = 0; i < x.length; i++) {
          y[o] += values[at + o * x.length + i] * x[i];
        }
        y[o] += values[at + width * x.length + o];
        y[o] = width == 1 ? y[o] : Math.max(0, y[o]);
      }
      at += width * x.length + width;
      x = y;
    }
    assertThat((double) program.output().values()[0]).isCloseTo(x[0], within(1e-5));
  }

  private static float[] statistics(LayeredArchitecture architecture, float[] network) {
    double[] statistics = WeightStatistics.of(architecture, network);
    float[] rounded = new float[statistics.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) statistics[i];
    }
    return rounded;
  }

  private Program compile(LayeredArchitecture of, int capacity) {
    Parameters parameters = Parameters.over(statNn.layout().initialize(3));
    return statNn.compile(
        of, new Tape(CpuDevice.best(), parameters, capacity, Tape.Mode.INFERENCE));
  }
}
