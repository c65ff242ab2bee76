package io.gradzoo.engine.metanet.gradmetanet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradMetaNetTest {
  private static final int SET = SetExample.SIZE;
  private static final int POSITIONS = 8;

  @Test
  void oneModelReadsNetworksOfAnyWidthAndDepth() {
    GradMetaNet metanet = random(Reduction.MEAN, new GradMetaNetHead.InvariantVector(3));
    for (String id : List.of("relu:3:dense2", "tanh:4:dense9:dense9:dense9:dense5")) {
      LayeredArchitecture architecture = LayeredArchitecture.parse(id);
      float[] output =
          run(
                  metanet,
                  architecture,
                  SetExample.random(architecture, Boundary.DUPLICATE, 2).features())
              .output()
              .values();
      assertThat(output).hasSize(3);
      for (float value : output) {
        assertThat(value).isFinite();
      }
    }
  }

  @Test
  void statisticsStandardizeEveryLayerAndChannel() {
    LayeredArchitecture architecture = LayeredArchitecture.parse("tanh:5:dense7:dense3");
    InputChannels channels = InputChannels.ofNeurons(architecture, SET, 2);
    InputStatistics.InputAccumulator sums = new InputStatistics.InputAccumulator(channels.count());
    InputStatistics.InputAccumulator half = new InputStatistics.InputAccumulator(channels.count());
    float[] one = SetExample.random(architecture, Boundary.DUPLICATE, 1).features();
    float[] other = SetExample.random(architecture, Boundary.DUPLICATE, 2).features();
    sums.add(channels, one);
    half.add(channels, other);
    sums.add(half);
    InputStatistics statistics = sums.statistics();
    statistics.standardize(channels, one);
    statistics.standardize(channels, other);
    InputStatistics.InputAccumulator after = new InputStatistics.InputAccumulator(channels.count());
    after.add(channels, one);
    after.add(channels, other);
    assertThat(channels.count()).isEqualTo(6);
    for (int k = 0; k < 6; k++) {
      assertThat((double) after.statistics().mean()[k])
          .isCloseTo(0, org.assertj.core.data.Offset.offset(1e-5));
      assertThat((double) after.statistics().deviation()[k])
          .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-4));
    }
  }

  @Test
  void convolutionsAndWrongSizesAreRefused() {
    GradMetaNet metanet = random(Reduction.MEAN, new GradMetaNetHead.InvariantVector(3));
    LayeredArchitecture cnn = LayeredArchitecture.parse("relu:1x8x8:conv4k3s1p0:gap:dense10");
    Parameters parameters = Parameters.over(metanet.layout().initialize(1));
    assertThatThrownBy(
            () ->
                metanet.compile(
                    cnn, new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.INFERENCE)))
        .hasMessageContaining("expected an MLP");
    LayeredArchitecture mlp = LayeredArchitecture.parse("tanh:5:dense7:dense3");
    assertThatThrownBy(() -> run(metanet, mlp, new float[10]))
        .hasMessage("gradient set of tanh:5:dense7:dense3: expected 960 numbers, found 10");
  }

  private static GradMetaNet random(Reduction reduction, GradMetaNetHead head) {
    return new GradMetaNet(new GradMetaNetConfig(SET, POSITIONS, 12, 2, 2, reduction, head));
  }

  private static Program run(
      GradMetaNet metanet, LayeredArchitecture architecture, float[] example) {
    ParameterLayout layout = metanet.layout();
    Program program =
        metanet.compile(
            architecture,
            new Tape(
                CpuDevice.best(), Parameters.over(layout.initialize(4)), 1, Tape.Mode.INFERENCE));
    program.load(0, ExampleParts.ofFeatures(example));
    program.forward(1);
    return program;
  }
}
