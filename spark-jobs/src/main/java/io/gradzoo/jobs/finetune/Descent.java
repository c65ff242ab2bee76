package io.gradzoo.jobs.finetune;

import io.gradzoo.engine.editing.ContinuedTraining;
import io.gradzoo.engine.editing.EditedNetwork;
import io.gradzoo.engine.editing.ImageSupply;
import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.engine.network.Checkpoint;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.TargetTraining;
import io.gradzoo.engine.network.TrainableLayers;
import io.gradzoo.engine.network.TrainingRun;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.training.Example;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Descent on one network, as its own training would go on, in place of a pass.
 *
 * @param rule of the update
 * @param rate of learning
 * @param measured epochs after which the network is measured, rising
 */
record Descent(OptimizerKind rule, double rate, List<Integer> measured) implements Serializable {
  private static final int BATCH = 32;
  private static final List<Double> RATES_OF_SGD = List.of(0.003, 0.01, 0.03, 0.1, 0.3);
  private static final List<Double> RATES_OF_ADAM = List.of(0.0001, 0.0003, 0.001, 0.003, 0.01);

  /** The learning rates that are tried. */
  static List<Descent> grid(OptimizerKind rule, List<Integer> measured) {
    return (rule == OptimizerKind.SGD ? RATES_OF_SGD : RATES_OF_ADAM)
        .stream().map(rate -> new Descent(rule, rate, measured)).toList();
  }

  /**
   * What became of a network.
   *
   * @param memberId of the network
   * @param after each of the epochs; null where numbers had ceased to be finite
   * @param secondsPerEpoch of training, evaluations included
   */
  record Course(
      String memberId, Descent descent, List<NetworkMeasures> after, double secondsPerEpoch)
      implements Serializable {}

  /**
   * Runs it.
   *
   * @param l1 weight of ‖θ‖₁ in the objective
   */
  Course run(Example member, double l1, ImageSupply images) {
    LayeredArchitecture architecture = LayeredArchitecture.from(member.architecture());
    int epochs = measured.get(measured.size() - 1);
    Recipe recipe = new Recipe(rule, rate, 0, 0, 1, BATCH, epochs, Initializer.GLOROT_NORMAL, 0, 1);
    TargetTraining training =
        new TargetTraining(
            new ContinuedTraining(new TrainableLayers(architecture), member.input().weights(), l1));
    long start = System.nanoTime();
    TrainingRun run =
        training.train(
            recipe,
            images.training(),
            images.judging(),
            measured.stream().mapToInt(Integer::intValue).toArray());
    double seconds = (System.nanoTime() - start) * 1e-9;
    EditedNetwork network = new EditedNetwork(architecture, l1);
    NetworkMeasures[] after = new NetworkMeasures[measured.size()];
    for (Checkpoint checkpoint : run.checkpoints()) {
      after[measured.indexOf(checkpoint.epoch())] =
          network.measure(checkpoint.parameters(), images.judging());
    }
    return new Course(member.id(), this, Arrays.asList(after), seconds / epochs);
  }
}
