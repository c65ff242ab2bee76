package io.gradzoo.engine.metanet.gradmetanet;

import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import org.junit.jupiter.api.Test;

class NeuronMlpTest {
  private static final LayeredArchitecture ARCHITECTURE =
      LayeredArchitecture.parse("tanh:5:dense7:dense6:dense3");

  private final Metanetwork network = new NeuronMlpSpec(SetExample.SIZE, 4, 12).build();

  @Test
  void outputsPermuteWithTheNetworkAndIgnoreTheOrderOfTheSet() {
    for (int seed = 0; seed < 8; seed++) {
      SetExample example = SetExample.random(ARCHITECTURE, Boundary.DUPLICATE, seed);
      float[] output = run(example.features());
      float[] moved = NeuronPermutation.random(ARCHITECTURE, seed).apply(ARCHITECTURE, output);

      assertThat(relativeDistance(run(example.permuted(seed).features()), moved)).isLessThan(1e-5);
      assertThat(relativeDistance(run(example.otherOrder(seed)), output)).isLessThan(1e-5);
      assertThat(relativeDistance(moved, output)).isGreaterThan(1e-3);
    }
  }

  @Test
  void aWeightsOutputDependsOnItsTwoNeuronsAlone() {
    float[] features = SetExample.random(ARCHITECTURE, Boundary.DUPLICATE, 1).features();
    float[] before = run(features);
    int neurons = features.length / 2 / SetExample.SIZE;
    int changed = 5; // the first neuron of the first hidden layer
    for (int n = 0; n < SetExample.SIZE; n++) {
      features[(n * neurons + changed) * 2] += 1;
    }
    float[] after = run(features);

    AffineLayer first = ARCHITECTURE.affineLayers().get(0);
    for (int i = 0; i < first.weightCount(); i++) {
      boolean into = i / first.in() == 0;
      assertThat(after[i] != before[i]).isEqualTo(into);
    }
  }

  /** Outputs in the flat layout. */
  private float[] run(float[] features) {
    Parameters parameters = Parameters.over(network.layout().initialize(5));
    Program program =
        network.compile(
            ARCHITECTURE, new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.INFERENCE));
    return FlatOutputs.of(program, ARCHITECTURE, ExampleParts.ofFeatures(features));
  }
}
