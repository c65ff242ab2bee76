package io.gradzoo.engine.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadNeuronsTest {
  @ParameterizedTest
  @CsvSource({
    "relu:9:dense5:dense3, 0, 2",
    "tanh:9:dense5:dense3, 0, 2",
    "relu:1x5x5:conv4k3s1p0:conv3k2s1p0:gap:dense2, 0, 1",
    "relu:1x5x5:conv4k3s1p0:conv3k2s1p0:gap:dense2, 1, 2",
    "relu:1x5x5:conv4k3s1p0:dense3, 0, 3"
  })
  void neuronsWithoutWeightsSeeNoDifference(String text, int layer, int dead) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(text);
    Samples samples = samples(architecture);
    float[] parameters = new float[architecture.parameterCount()];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = 0.5f * (float) random.nextGaussian();
    }
    AffineLayer silenced = architecture.affineLayers().get(layer);

    int before = DeadNeurons.count(architecture, parameters, samples);
    for (int i = 0; i < dead * silenced.fanIn(); i++) {
      parameters[silenced.weightOffset() + i] = 0f;
    }

    assertThat(before).isZero();
    assertThat(DeadNeurons.count(architecture, parameters, samples)).isEqualTo(dead);
  }

  /** More of them than the network takes at once. */
  private static Samples samples(LayeredArchitecture architecture) {
    SplittableRandom random = new SplittableRandom(7);
    int count = 2 * TrainableLayers.CONVOLUTION_CHUNK + 5;
    float[] inputs = new float[count * architecture.input().size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    return new Samples(architecture.input(), architecture.outputs(), inputs, new int[count]);
  }
}
