package io.gradzoo.engine.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.editing.Operators;
import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.ReadoutNodes;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pruning by a predictor, here one with random parameters. */
class GuidedSparsityTest {
  private static final LayeredArchitecture MLP =
      LayeredArchitecture.parse(Operators.ARCHITECTURES.get(0));
  private static final float[] START = Vectors.gaussian(MLP.parameterCount(), 0.5, 3);

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void theGradientIsThatOfAllThreeTerms(int which) {
    LayeredArchitecture architecture =
        LayeredArchitecture.parse(Operators.ARCHITECTURES.get(which));
    float[] start = Vectors.gaussian(architecture.parameterCount(), 0.5, 3);
    float[] network = Vectors.gaussian(architecture.parameterCount(), 0.5, 4);
    GuidedSparsity guided = new GuidedSparsity(predictor(architecture), 0.01, 0.3);
    float[] gradient = new float[network.length];
    guided.differentiate(start, network, gradient);

    double length = 0;
    for (float each : gradient) {
      length += each * each;
    }
    length = Math.sqrt(length);
    double step = 2e-3;
    float[] above = network.clone();
    float[] below = network.clone();
    for (int i = 0; i < network.length; i++) {
      above[i] += (float) (step * gradient[i] / length);
      below[i] -= (float) (step * gradient[i] / length);
    }
    float[] unused = new float[network.length];
    double slope =
        (guided.differentiate(start, above, unused) - guided.differentiate(start, below, unused))
            / (2 * step);
    assertThat(slope).isCloseTo(length, within(0.02 * length));
  }

  @Test
  void aShareGoesAndTheStartStaysAsItWas() {
    float[] start = START.clone();
    float[] sparse =
        new GuidedSparsity(predictor(MLP), 0.05, 0.1).run(start, List.of(0.4, 0.7)).get(1);

    assertThat(start).isEqualTo(START);
    int gone = 0;
    for (float weight : sparse) {
      gone += weight == 0 ? 1 : 0;
    }
    assertThat(gone).isEqualTo(Math.round(0.7f * START.length));
  }

  @Test
  void nearnessKeepsWhatIsLeftNearTheStart() {
    PredictedAccuracy predictor = predictor(MLP);
    float[] far = new GuidedSparsity(predictor, 0.001, 0).run(START, List.of(0.6)).get(0);
    float[] near = new GuidedSparsity(predictor, 0.001, 1).run(START, List.of(0.6)).get(0);

    assertThat(Vectors.relativeDistance(near, START))
        .isLessThan(Vectors.relativeDistance(far, START));
  }

  private static PredictedAccuracy predictor(LayeredArchitecture architecture) {
    ScaleGmn metanetwork =
        Operators.of(
            architecture,
            RescalingGroup.SIGN,
            new ScaleGmnHead.Invariant(ReadoutNodes.LAST_LAYER, 1));
    return new PredictedAccuracy(metanetwork, Operators.generic(metanetwork), architecture);
  }
}
