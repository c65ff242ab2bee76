package io.gradzoo.engine.gradient.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.transformer.Sequences;
import io.gradzoo.engine.network.transformer.Space;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.network.transformer.TransformerLayer;
import io.gradzoo.engine.network.transformer.Transformers;
import org.junit.jupiter.api.Test;

class TokenFeaturesTest {
  private static final TransformerArchitecture TRANSFORMER =
      TransformerArchitecture.parse("transformer:v3:t2:d2:h1:f2:l1:relu:causal:mean2");

  /** Every gradient can be made again from the features of the two neurons a weight joins. */
  @Test
  void theFeaturesOfTwoNeuronsHoldTheGradientOfTheWeightBetweenThem() {
    Sequences sequences = Sequences.of(new int[] {2, 1}, new int[] {0});
    TransformerGradientSet set =
        new TransformerGradientExtraction(TRANSFORMER)
            .extract(Transformers.parameters(TRANSFORMER, 1), 0, sequences, new Signal.Output(1));
    float[] features = TokenFeatures.of(set);
    assertThat(features).hasSize(3 * TokenFeatures.width(TRANSFORMER));
    // Channels of the residual space: g, norm1 x̂ y g, output g, norm2 x̂ y g, down g, norm x̂ y g.
    assertWeight(set, features, "token", Space.Kind.VOCABULARY, 0, Space.Kind.RESIDUAL, 0);
    assertWeight(set, features, "position", Space.Kind.POSITIONS, 0, Space.Kind.RESIDUAL, 0);
    assertWeight(set, features, "block0.query", Space.Kind.RESIDUAL, 2, Space.Kind.KEYS, 0);
    assertWeight(set, features, "block0.key", Space.Kind.RESIDUAL, 2, Space.Kind.KEYS, 1);
    assertWeight(set, features, "block0.value", Space.Kind.RESIDUAL, 2, Space.Kind.VALUES, 1);
    assertWeight(set, features, "block0.output", Space.Kind.VALUES, 0, Space.Kind.RESIDUAL, 4);
    assertWeight(set, features, "block0.up", Space.Kind.RESIDUAL, 6, Space.Kind.HIDDEN, 1);
    assertWeight(set, features, "block0.down", Space.Kind.HIDDEN, 0, Space.Kind.RESIDUAL, 8);
    assertWeight(set, features, "head", Space.Kind.RESIDUAL, 10, Space.Kind.OUTPUTS, 0);
    assertGain(set, features, "block0.norm1", 1, 3);
    assertGain(set, features, "block0.norm2", 5, 7);
    assertGain(set, features, "norm", 9, 11);
  }

  private static void assertWeight(
      TransformerGradientSet set,
      float[] features,
      String name,
      Space.Kind in,
      int inChannel,
      Space.Kind out,
      int outChannel) {
    TransformerLayer layer = layer(name);
    boolean table = layer instanceof TransformerLayer.Embedding;
    float[] gradient = set.sampleGradient(0);
    for (int o = 0; o < layer.out().width(); o++) {
      for (int i = 0; i < layer.in().width(); i++) {
        double sum = 0;
        for (int t = 0; t < 2; t++) {
          sum += at(features, t, in, i, inChannel) * at(features, t, out, o, outChannel);
        }
        int index = table ? i * layer.out().width() + o : o * layer.in().width() + i;
        assertThat(Math.abs(gradient[layer.offset() + index] - sum)).as(name).isLessThan(1e-6);
      }
    }
  }

  private static void assertGain(
      TransformerGradientSet set, float[] features, String name, int normalized, int signal) {
    TransformerLayer layer = layer(name);
    float[] gradient = set.sampleGradient(0);
    for (int i = 0; i < layer.out().width(); i++) {
      double sum = 0;
      for (int t = 0; t < 2; t++) {
        sum +=
            at(features, t, Space.Kind.RESIDUAL, i, normalized)
                * at(features, t, Space.Kind.RESIDUAL, i, signal);
      }
      assertThat(Math.abs(gradient[layer.offset() + i] - sum)).as(name).isLessThan(1e-6);
    }
  }

  private static TransformerLayer layer(String name) {
    return TRANSFORMER.layout().layers().stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double at(float[] features, int token, Space.Kind kind, int neuron, int channel) {
    int at = token * TokenFeatures.width(TRANSFORMER);
    for (Space space : TRANSFORMER.layout().spaces()) {
      int channels = TokenFeatures.channels(space.kind(), 1);
      if (space.kind() == kind) {
        return features[at + neuron * channels + channel];
      }
      at += space.width() * channels;
    }
    throw new IllegalArgumentException(kind.toString());
  }
}
