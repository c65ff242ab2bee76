package io.gradzoo.engine.symmetry;

import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.BatchedNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Vectors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PhaseCanonicalizationTest {
  private static final LayeredArchitecture SIREN =
      LayeredArchitecture.parse("sine30:2:dense8:dense7:dense3");
  private static final int SAMPLES = 9;

  @Test
  void theFunctionStaysAndHiddenBiasesEndWithinAQuarterTurn() {
    float[] network = Vectors.gaussian(SIREN.parameterCount(), 0.5, 1);
    float[] canonical = canonical(PhaseCanonicalization.EXACT, SIREN, network);

    assertThat(relativeDistance(canonical, network)).isGreaterThan(0.1);
    assertThat(relativeDistance(outputs(SIREN, canonical), outputs(SIREN, network)))
        .isLessThan(1e-5);
    for (AffineLayer layer : Symmetry.hiddenLayers(SIREN)) {
      for (int o = 0; o < layer.out(); o++) {
        assertThat((double) canonical[layer.biasOffset() + o])
            .isCloseTo(0, within(Math.PI / 60 + 1e-7));
      }
    }
  }

  @Test
  void everyShiftOfANetworkHasOneFormUpToSigns() {
    float[] network = Vectors.gaussian(SIREN.parameterCount(), 0.01, 2);
    float[] form = magnitudes(canonical(PhaseCanonicalization.EXACT, SIREN, network));
    for (int seed = 0; seed < 200; seed++) {
      float[] shifted = PhaseShift.random(SIREN, seed).apply(SIREN, network);
      float[] flipped = SignFlip.random(SIREN, seed).apply(SIREN, shifted);
      float[] other = magnitudes(canonical(PhaseCanonicalization.EXACT, SIREN, flipped));
      assertThat(relativeDistance(other, form)).isLessThan(1e-4);
    }
  }

  /** The public code is right only where w0 = 1 and no bias lies beyond a half turn. */
  @Test
  void thePublicFormChangesTheFunctionUnlessTheFrequencyIsOne() {
    LayeredArchitecture slow = LayeredArchitecture.parse("sine1:2:dense8:dense7:dense3");
    float[] network = Vectors.gaussian(SIREN.parameterCount(), 0.5, 3);
    int bias = SIREN.affineLayers().get(1).biasOffset() + 2;
    network[bias] = 2.5f;
    float[] canonical = canonical(PhaseCanonicalization.REFERENCE, SIREN, network);

    assertThat(canonical[bias]).isEqualTo((float) (Math.PI - 2.5f));
    assertThat(relativeDistance(outputs(slow, canonical), outputs(slow, network))).isLessThan(1e-5);
    network[bias] = 4f;
    float[] far = canonical(PhaseCanonicalization.REFERENCE, SIREN, network);
    assertThat(far[bias]).isEqualTo((float) -(4.0 + Math.PI));
    network[bias] = -7f;
    float[] turned = canonical(PhaseCanonicalization.REFERENCE, SIREN, network);
    assertThat(turned[bias]).isEqualTo((float) -(7.0 - 2 * Math.PI));
    for (float near : new float[] {-0.3f, (float) (Math.PI / 2) - 1e-6f}) {
      network[bias] = near;
      assertThat(canonical(PhaseCanonicalization.REFERENCE, SIREN, network)).isEqualTo(network);
    }
  }

  @Test
  void networksWithoutPhasesStayAsTheyAre() {
    LayeredArchitecture tanh = LayeredArchitecture.parse("tanh:2:dense8:dense3");
    float[] network = Vectors.gaussian(tanh.parameterCount(), 5, 4);
    for (PhaseCanonicalization form : PhaseCanonicalization.values()) {
      assertThat(canonical(form, tanh, network)).isEqualTo(network);
    }
  }

  private static float[] canonical(
      PhaseCanonicalization form, LayeredArchitecture architecture, float[] network) {
    float[] result = new float[network.length];
    form.apply(architecture, network, result);
    return result;
  }

  private static float[] magnitudes(float[] numbers) {
    float[] result = numbers.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.abs(result[i]);
    }
    return result;
  }

  private static float[] outputs(LayeredArchitecture architecture, float[] network) {
    float[] inputs = Vectors.gaussian(SAMPLES * architecture.input().size(), 0.5, 5);
    float[] outputs =
        new BatchedNetwork(architecture, SAMPLES).forward(network, 0, inputs, 0, SAMPLES);
    return Arrays.copyOf(outputs, SAMPLES * architecture.outputs());
  }
}
