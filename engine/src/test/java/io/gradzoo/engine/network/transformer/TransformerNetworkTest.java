package io.gradzoo.engine.network.transformer;

import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static io.gradzoo.engine.network.Vectors.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TransformerNetworkTest {
  static final List<String> ids = Transformers.IDS;

  @ParameterizedTest
  @FieldSource("ids")
  void predictionsFollowTheDefinition(String id) {
    TransformerArchitecture architecture = TransformerArchitecture.parse(id);
    float[] parameters = Transformers.parameters(architecture, 1);
    Sequences sequences = Transformers.sequences(architecture, 12, 2);
    TransformerNetwork network = new TransformerNetwork(architecture);
    network.load(parameters, 0);
    ReferenceTransformer reference = new ReferenceTransformer(architecture);
    for (int n = 0; n < sequences.size(); n++) {
      double[] expected =
          Arrays.stream(
                  reference.predictions(toDouble(parameters), Transformers.tokens(sequences, n)))
              .flatMapToDouble(Arrays::stream)
              .toArray();
      float[] predictions = Arrays.copyOf(network.forward(sequences, n), expected.length);
      assertThat(relativeDistance(predictions, expected)).isLessThan(3e-6);
    }
  }

  @Test
  void underACausalMaskAPredictionDoesNotDependOnLaterTokens() {
    String id = "transformer:v7:t5:d6:h2:f7:l2:gelu:%s:token7";
    Sequences sequences = Sequences.of(new int[] {1, 2, 3, 4}, new int[] {1, 2, 3, 0});
    for (TransformerArchitecture.Mask mask : TransformerArchitecture.Mask.values()) {
      TransformerArchitecture architecture =
          TransformerArchitecture.parse(
              String.format(id, mask.name().toLowerCase(java.util.Locale.ROOT)));
      TransformerNetwork network = new TransformerNetwork(architecture);
      network.load(Transformers.parameters(architecture, 1), 0);
      float[] one = Arrays.copyOf(network.forward(sequences, 0), 21);
      float[] other = Arrays.copyOf(network.forward(sequences, 1), 21);
      if (mask == TransformerArchitecture.Mask.CAUSAL) {
        assertThat(other).isEqualTo(one);
      } else {
        assertThat(relativeDistance(other, one)).isGreaterThan(1e-3);
      }
    }
  }

  @Test
  void parametersThatAreNotFiniteOrTooFewAreRefused() {
    TransformerArchitecture architecture = TransformerArchitecture.parse(Transformers.IDS.get(0));
    float[] parameters = new float[3 + architecture.layout().parameterCount()];
    NamedTensor tensor =
        architecture.layout().tensors().stream()
            .filter(candidate -> candidate.name().equals("block1.up.weight"))
            .findFirst()
            .orElseThrow();
    parameters[3 + tensor.offset() + 2 * 6 + 5] = Float.NaN;
    TransformerNetwork network = new TransformerNetwork(architecture);
    assertThatThrownBy(() -> network.load(parameters, 3))
        .hasMessage(
            "parameters of "
                + architecture
                + ": expected finite numbers, found NaN in block1.up.weight[2, 5]");
    int count = architecture.layout().parameterCount();
    assertThatThrownBy(() -> network.load(parameters, 4))
        .hasMessage(
            "parameters of "
                + architecture
                + ": expected "
                + count
                + " numbers, found "
                + (count - 1));
  }

  @Test
  void sequencesThatDoNotFitAreRefused() {
    TransformerArchitecture architecture = TransformerArchitecture.parse(Transformers.IDS.get(0));
    String place = "sequence 1 for " + architecture + ": ";
    assertThatThrownBy(
            () -> Sequences.of(new int[] {1}, new int[] {1, 2, 7}).requireFit(architecture))
        .hasMessage(place + "expected tokens in 0…6, found 7 at position 2");
    assertThatThrownBy(() -> Sequences.of(new int[] {1}, new int[] {-1}).requireFit(architecture))
        .hasMessage(place + "expected tokens in 0…6, found -1 at position 0");
    assertThatThrownBy(
            () ->
                new TransformerNetwork(architecture)
                    .forward(Sequences.of(new int[] {1}, new int[] {0, 9}), 1))
        .hasMessage(place + "expected tokens in 0…6, found 9 at position 1");
    assertThatThrownBy(() -> Sequences.of(new int[] {1}, new int[6]).requireFit(architecture))
        .hasMessage(place + "expected at most 5 tokens, found 6 (fix: cut the sequence)");
    assertThatThrownBy(() -> Sequences.of(new int[] {1}, new int[0]))
        .hasMessage("sequence 1: expected at least one token, found none");
    assertThatThrownBy(Sequences::of).hasMessage("sequences: expected at least one, found none");
  }
}
