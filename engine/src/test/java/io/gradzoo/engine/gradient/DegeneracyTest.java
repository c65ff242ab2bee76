package io.gradzoo.engine.gradient;

import static io.gradzoo.engine.network.Vectors.gaussian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.gradient.Degeneracy.LayerDegeneracy;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.network.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;

class DegeneracyTest {
  private static final int SAMPLES = 20;
  private static final LayeredArchitecture MLP =
      LayeredArchitecture.parse("relu:4:dense6:dense5:dense3");

  @Test
  void aNetworkInGeneralPositionHasNoDegenerateNeurons() {
    Degeneracy found = of(wideAwake());

    assertThat(found.layers())
        .containsExactly(new LayerDegeneracy(0, 6, 0, 0), new LayerDegeneracy(1, 5, 0, 0));
    assertThat(found.degenerate()).isFalse();
  }

  @Test
  void neuronsThatNoInputReachesAreDeadAndEqualToEachOther() {
    float[] parameters = wideAwake();
    AffineLayer first = MLP.affineLayers().get(0);
    for (int neuron : new int[] {0, 2, 5}) {
      parameters[first.biasOffset() + neuron] = -1000;
    }
    Degeneracy found = of(parameters);

    assertThat(found.layers())
        .containsExactly(new LayerDegeneracy(0, 6, 3, 3), new LayerDegeneracy(1, 5, 0, 0));
    assertThat(found.dead()).isEqualTo(3);
    assertThat(found.degenerate()).isTrue();
  }

  @Test
  void aCopyOfANeuronWithTheSameWeightsInAndOutIsAnEqualPairButNotDead() {
    float[] parameters = wideAwake();
    AffineLayer second = MLP.affineLayers().get(1);
    AffineLayer third = MLP.affineLayers().get(2);
    int in = second.in();
    System.arraycopy(
        parameters, second.weightOffset(), parameters, second.weightOffset() + 3 * in, in);
    parameters[second.biasOffset() + 3] = parameters[second.biasOffset()];
    for (int o = 0; o < third.out(); o++) {
      int row = third.weightOffset() + o * third.in();
      parameters[row + 3] = parameters[row];
    }
    assertThat(of(parameters).layers())
        .containsExactly(new LayerDegeneracy(0, 6, 0, 0), new LayerDegeneracy(1, 5, 0, 1));
  }

  @Test
  void aNeuronWithoutInfluenceIsNotDeadWhileItIsActive() {
    float[] parameters = wideAwake();
    AffineLayer third = MLP.affineLayers().get(2);
    for (int o = 0; o < third.out(); o++) {
      parameters[third.weightOffset() + o * third.in()] = 0;
    }
    assertThat(of(parameters).dead()).isZero();
  }

  @Test
  void convolutionsAreRefused() {
    LayeredArchitecture cnn = LayeredArchitecture.parse("relu:1x4x4:conv2k3s1p0:dense3");
    assertThatThrownBy(() -> Degeneracy.of(cnn, List.of()))
        .hasMessage(
            "degenerate neurons: network "
                + cnn
                + ": expected dense layers only, found convolutions");
  }

  /** Positive biases keep every neuron active on some samples. */
  private static float[] wideAwake() {
    float[] parameters = gaussian(MLP.parameterCount(), 0.5, 1);
    for (AffineLayer layer : MLP.affineLayers()) {
      for (int o = 0; o < layer.out(); o++) {
        parameters[layer.biasOffset() + o] = 1 + 0.1f * o;
      }
    }
    return parameters;
  }

  private static Degeneracy of(float[] parameters) {
    Targets targets = new Targets.Labels(Vectors.labels(SAMPLES, 3, 3));
    GradientSet set =
        new GradientExtraction(MLP)
            .extract(
                parameters,
                0,
                gaussian(SAMPLES * 4, 1, 2),
                SAMPLES,
                new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, targets));
    return Degeneracy.of(MLP, set.layers().stream().map(layer -> (DenseFactors) layer).toList());
  }
}
