package io.gradzoo.engine.metanet.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import org.junit.jupiter.api.Test;

class DeepSetsTest {
  private final DeepSets deepSets = new DeepSets(6, 8, 1);
  private final LayeredArchitecture architecture =
      LayeredArchitecture.parse("relu:5:dense7:dense6:dense3");

  @Test
  void outputIsInvariantToPermutationsOfNeurons() {
    float[] network = Initializer.NORMAL.parameters(architecture, 0.7, 1);
    float before = output(architecture, network);
    for (int seed = 0; seed < 20; seed++) {
      float[] permuted = NeuronPermutation.random(architecture, seed).apply(architecture, network);
      assertThat(output(architecture, permuted))
          .isCloseTo(before, org.assertj.core.data.Offset.offset(1e-6f));
    }
  }

  @Test
  void outputDependsOnTheWeights() {
    float one = output(architecture, Initializer.NORMAL.parameters(architecture, 0.7, 1));
    float other = output(architecture, Initializer.NORMAL.parameters(architecture, 2.0, 2));
    assertThat(Math.abs(one - other)).isGreaterThan(1e-4f);
  }

  @Test
  void networksOfAnotherDepthAreRefused() {
    LayeredArchitecture shallow = LayeredArchitecture.parse("relu:5:dense7:dense3");
    assertThatThrownBy(() -> output(shallow, new float[shallow.parameterCount()]))
        .hasMessage(
            "DeepSets: network relu:5:dense7:dense3: expected 6 tensors, as this DeepSets reads,"
                + " found 4");
  }

  private float output(LayeredArchitecture of, float[] network) {
    Parameters parameters = Parameters.over(deepSets.layout().initialize(3));
    Program program =
        deepSets.compile(of, new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.INFERENCE));
    program.load(0, ExampleParts.ofWeights(network));
    program.forward(1);
    return program.output().values()[0];
  }
}
