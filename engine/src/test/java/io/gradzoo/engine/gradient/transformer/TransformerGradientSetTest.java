package io.gradzoo.engine.gradient.transformer;

import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static io.gradzoo.engine.network.Vectors.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.network.Vectors;
import io.gradzoo.engine.network.transformer.NamedTensor;
import io.gradzoo.engine.network.transformer.ReferenceTransformer;
import io.gradzoo.engine.network.transformer.Sequences;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.network.transformer.Transformers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TransformerGradientSetTest {
  private static final int SAMPLES = 7;
  private static final Map<TransformerArchitecture, double[][]> DIFFERENCES = new HashMap<>();
  static final List<String> ids = Transformers.IDS;

  @ParameterizedTest
  @FieldSource("ids")
  void everyTensorsSampleGradientIsTheLosssDerivative(String id) {
    TransformerArchitecture architecture = TransformerArchitecture.parse(id);
    TransformerGradientSet set = set(architecture);
    double[][] gradients =
        DIFFERENCES.computeIfAbsent(architecture, TransformerGradientSetTest::differences);
    for (int n = 0; n < SAMPLES; n++) {
      double scale = Vectors.norm(gradients[n]);
      float[] gradient = set.sampleGradient(n);
      for (NamedTensor tensor : architecture.layout().tensors()) {
        double worst = 0;
        for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
          worst = Math.max(worst, Math.abs(gradient[i] - gradients[n][i]));
        }
        assertThat(worst / scale).as(tensor.name() + " of sample " + n).isLessThan(2e-6);
      }
      assertThat(relativeDistance(gradient, gradients[n])).isLessThan(5e-6);
    }
  }

  @ParameterizedTest
  @FieldSource("ids")
  void everyStatisticFollowsFromGradientsTakenOneAtATime(String id) {
    TransformerArchitecture architecture = TransformerArchitecture.parse(id);
    TransformerGradientSet set = set(architecture);
    double[][] gradients =
        DIFFERENCES.computeIfAbsent(architecture, TransformerGradientSetTest::differences);
    int count = architecture.layout().parameterCount();
    double[] mean = new double[count];
    double[] squares = new double[count];
    double[] norms = new double[SAMPLES];
    double[] gram = new double[SAMPLES * SAMPLES];
    for (int n = 0; n < SAMPLES; n++) {
      for (int i = 0; i < count; i++) {
        mean[i] += gradients[n][i] / SAMPLES;
        squares[i] += gradients[n][i] * gradients[n][i] / SAMPLES;
        norms[n] += gradients[n][i] * gradients[n][i];
        for (int m = 0; m < SAMPLES; m++) {
          gram[n * SAMPLES + m] += gradients[n][i] * gradients[m][i];
        }
      }
    }
    double trace = Arrays.stream(norms).sum() / SAMPLES;
    assertThat(relativeDistance(set.meanGradient(), mean)).isLessThan(1e-5);
    assertThat(relativeDistance(set.empiricalFisherDiagonal(), squares)).isLessThan(1e-5);
    assertThat(relativeDistance(set.squaredNorms(), norms)).isLessThan(1e-5);
    assertThat(relativeDistance(set.gram(), gram)).isLessThan(1e-5);
    assertThat(set.trace() / trace).isBetween(1 - 1e-5, 1 + 1e-5);
    assertThat(set.discrepancy()).as("other roundings, the same gradient").isBetween(1e-12, 1e-5);
  }

  @ParameterizedTest
  @FieldSource("ids")
  void valuesAreTheLossesOfWholeSequences(String id) {
    TransformerArchitecture architecture = TransformerArchitecture.parse(id);
    TransformerGradientSet set = set(architecture);
    double[] expected = new double[SAMPLES];
    for (int n = 0; n < SAMPLES; n++) {
      expected[n] =
          new ReferenceTransformer(architecture)
              .loss(
                  toDouble(parameters(architecture)),
                  Transformers.tokens(set.sequences(), n),
                  labels(architecture, n));
    }
    assertThat(relativeDistance(set.values(), expected)).isLessThan(2e-6);
  }

  @Test
  void squaringTokensApartIsNotTheFisherDiagonal() {
    TransformerArchitecture architecture = TransformerArchitecture.parse(Transformers.IDS.get(0));
    TransformerGradientSet set = set(architecture);
    double[] apart = new double[architecture.layout().parameterCount()];
    for (TokenGradients layer : set.layers()) {
      for (int t = 0; t < set.sequences().elements(); t++) {
        double[] part = new double[layer.layer().size()];
        layer.addTokenGradient(t, part);
        for (int i = 0; i < part.length; i++) {
          apart[layer.layer().offset() + i] += part[i] * part[i] / SAMPLES;
        }
      }
    }
    assertThat(relativeDistance(toDouble(set.empiricalFisherDiagonal()), apart)).isGreaterThan(0.1);
  }

  @Test
  void theGradientOfAnOutputNeedsNoTargets() {
    TransformerArchitecture architecture = TransformerArchitecture.parse(Transformers.IDS.get(1));
    float[] parameters = parameters(architecture);
    Sequences sequences = Transformers.sequences(architecture, SAMPLES, 5);
    TransformerGradientSet set =
        new TransformerGradientExtraction(architecture)
            .extract(parameters, 0, sequences, new Signal.Output(2));
    double[] theta = toDouble(parameters);
    double[] expected = new double[theta.length];
    ReferenceTransformer reference = new ReferenceTransformer(architecture);
    int[] tokens = Transformers.tokens(sequences, 1);
    for (int i = 0; i < theta.length; i++) {
      double old = theta[i];
      theta[i] = old + 1e-5;
      expected[i] = reference.predictions(theta, tokens)[0][2] / 2e-5;
      theta[i] = old - 1e-5;
      expected[i] -= reference.predictions(theta, tokens)[0][2] / 2e-5;
      theta[i] = old;
    }
    assertThat(relativeDistance(set.sampleGradient(1), expected)).isLessThan(5e-6);
  }

  @Test
  void factorsOfEveryKindComeInTheOrderOfTheStages() {
    TransformerArchitecture architecture = TransformerArchitecture.parse(Transformers.IDS.get(1));
    assertThat(set(architecture).layers())
        .extracting(layer -> layer.kind() + " " + layer.layer().name())
        .containsExactly(
            "embedding token",
            "embedding position",
            "layernorm block0.norm1",
            "linear block0.query",
            "linear block0.key",
            "linear block0.value",
            "linear block0.output",
            "layernorm block0.norm2",
            "linear block0.up",
            "linear block0.down",
            "layernorm norm",
            "linear head");
  }

  @Test
  void aSetThatDoesNotFitIsRefused() {
    TransformerArchitecture architecture = TransformerArchitecture.parse(Transformers.IDS.get(1));
    TransformerGradientExtraction extraction = new TransformerGradientExtraction(architecture);
    float[] parameters = parameters(architecture);
    Signal signal = new Signal.Output(0);
    assertThatThrownBy(() -> extraction.extract(parameters, 0, Sequences.of(new int[] {9}), signal))
        .hasMessageContaining("expected tokens in 0…6, found 9 at position 0");
    Signal twoTargets =
        new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(new int[] {0, 1}));
    assertThatThrownBy(
            () -> extraction.extract(parameters, 0, Sequences.of(new int[] {1}), twoTargets))
        .hasMessageContaining("expected 1 targets, found 2");
    parameters[0] = Float.POSITIVE_INFINITY;
    assertThatThrownBy(() -> extraction.extract(parameters, 0, Sequences.of(new int[] {1}), signal))
        .hasMessageContaining("found Infinity in token.table[0, 0]");
  }

  private static TransformerGradientSet set(TransformerArchitecture architecture) {
    Sequences sequences = Transformers.sequences(architecture, SAMPLES, 2);
    Targets targets = new Targets.Labels(allLabels(architecture));
    return new TransformerGradientExtraction(architecture)
        .extract(
            parameters(architecture),
            0,
            sequences,
            new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, targets));
  }

  private static float[] parameters(TransformerArchitecture architecture) {
    return Transformers.parameters(architecture, 1);
  }

  private static int[] allLabels(TransformerArchitecture architecture) {
    Sequences sequences = Transformers.sequences(architecture, SAMPLES, 2);
    return Vectors.labels(
        Transformers.predictions(architecture, sequences), architecture.outputs(), 3);
  }

  private static int[] labels(TransformerArchitecture architecture, int n) {
    Sequences sequences = Transformers.sequences(architecture, SAMPLES, 2);
    int[] all = allLabels(architecture);
    return architecture.readout() == TransformerArchitecture.SequenceReadout.MEAN
        ? new int[] {all[n]}
        : Arrays.copyOfRange(all, sequences.start(n), sequences.start(n) + sequences.length(n));
  }

  private static double[][] differences(TransformerArchitecture architecture) {
    Sequences sequences = Transformers.sequences(architecture, SAMPLES, 2);
    double[] theta = toDouble(parameters(architecture));
    double[][] gradients = new double[SAMPLES][];
    for (int n = 0; n < SAMPLES; n++) {
      gradients[n] =
          new ReferenceTransformer(architecture)
              .gradient(theta, Transformers.tokens(sequences, n), labels(architecture, n));
    }
    return gradients;
  }
}
