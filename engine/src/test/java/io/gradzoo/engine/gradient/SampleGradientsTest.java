package io.gradzoo.engine.gradient;

import static io.gradzoo.engine.network.Vectors.gaussian;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.network.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleGradientsTest {
  private static final int SAMPLES = 70;

  @ParameterizedTest
  @ValueSource(
      strings = {"relu:1x9x9:conv4k3s2p0:conv4k3s1p1:gap:dense3", "tanh:4:dense6:dense5:dense3"})
  void arraysThatAreFilledAgainHoldTheBitsOfASetOnItsOwn(String id) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    float[] inputs = gaussian(SAMPLES * architecture.input().size(), 1, 2);
    float[] first = gaussian(architecture.parameterCount(), 0.5, 1);
    float[] second = gaussian(architecture.parameterCount(), 0.5, 5);
    Targets targets = new Targets.Labels(Vectors.labels(SAMPLES, 3, 3));
    Signal signal = new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, targets);
    GradientExtraction extraction = new GradientExtraction(architecture);
    SampleGradients arrays = extraction.allocate(SAMPLES);
    extraction.extract(first, 0, inputs, signal, arrays);
    extraction.extract(second, 0, inputs, signal, arrays);

    GradientSet alone =
        new GradientExtraction(architecture).extract(second, 0, inputs, SAMPLES, signal);
    assertThat(arrays.values()).isEqualTo(alone.values());
    for (int l = 0; l < architecture.affineLayers().size(); l++) {
      int size = architecture.affineLayers().get(l).weightCount() + 16;
      float[] again = new float[size];
      float[] once = new float[size];
      for (int n = 0; n < SAMPLES; n++) {
        arrays.layers().get(l).sampleGradient(n, again, 0);
        alone.layers().get(l).sampleGradient(n, once, 0);
        assertThat(again).isEqualTo(once);
      }
    }
  }
}
