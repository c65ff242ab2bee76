package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.editing.EditObjective;
import io.gradzoo.engine.editing.Operators;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightGauge;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightTerms;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.optimize.OptimizerKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Training an operator on ReLU networks of whose neurons weight decay has left next to nothing, as
 * in the zoo of the digits: 10⁻²⁰ of what leaves one, so that its square is no float32 number.
 */
class VanishedNeuronsTest {
  private static final int STEPS = 60;
  private static final String MLP = "relu:6:dense5:dense4:dense3";
  private static final String CNN = "relu:1x6x6:conv4k3s1p0:conv3k2s1p0:gap:dense3";

  @ParameterizedTest
  @ValueSource(strings = {MLP, CNN})
  void reciprocalsEndATraining(String text) {
    OperatorTraining training = new OperatorTraining(text, WeightGauge.AS_GIVEN);

    assertThatThrownBy(() -> training.steps(STEPS))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("training diverged in shard 0 at step");
  }

  @ParameterizedTest
  @ValueSource(strings = {MLP, CNN})
  void aBalancedGaugeBearsThem(String text) {
    OperatorTraining training = new OperatorTraining(text, WeightGauge.BALANCED);
    double before = training.loss(training.start());

    TrainingState after = training.steps(STEPS);

    assertThat(training.loss(after)).isLessThan(0.9 * before);
  }

  /** Of one shard of networks with vanished neurons. */
  private static final class OperatorTraining {
    private final TrainingSettings settings = Settings.of(4, OptimizerKind.ADAMW, 0.003, 5, 1e-4);
    private final List<Example> networks = new ArrayList<>();
    private final ScaleGmn operator;
    private final Workspace workspace;

    OperatorTraining(String text, WeightGauge gauge) {
      LayeredArchitecture architecture = LayeredArchitecture.parse(text);
      for (int seed = 0; seed < 8; seed++) {
        float[] network = Operators.network(architecture, seed).input().weights();
        vanish(architecture.affineLayers().get(1), seed % 4, network);
        networks.add(new Example("m" + seed, architecture, ExampleParts.ofWeights(network), 0));
      }
      operator = Operators.symmetric(architecture, WeightTerms.GATED_AND_PRODUCTS, gauge);
      EditObjective objective = new EditObjective(Operators.images(architecture), 40, 0.002);
      workspace = new Workspace(operator, objective, objective);
    }

    TrainingState start() {
      return TrainingState.initial(operator.layout().initialize(1), settings);
    }

    TrainingState steps(int count) {
      return new ShardTrainer(settings, 1, 0, networks).run(workspace, start(), count).state();
    }

    double loss(TrainingState state) {
      workspace.load(state.parameterValues());
      return workspace.evaluate(networks).stream()
          .mapToDouble(Workspace.EvaluatedExample::loss)
          .average()
          .orElseThrow();
    }

    /** Leaves next to nothing of what one neuron below gives a layer. */
    private static void vanish(AffineLayer layer, int neuron, float[] network) {
      int window = layer.kernel() * layer.kernel();
      for (int o = 0; o < layer.out(); o++) {
        for (int k = 0; k < window; k++) {
          network[layer.weightOffset() + (o * layer.in() + neuron) * window + k] *= 1e-20f;
        }
      }
    }
  }
}
