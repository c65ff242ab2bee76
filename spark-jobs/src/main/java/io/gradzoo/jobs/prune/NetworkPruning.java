package io.gradzoo.jobs.prune;

import io.gradzoo.engine.editing.ContinuedTraining;
import io.gradzoo.engine.editing.EditedNetwork;
import io.gradzoo.engine.editing.ImageSupply;
import io.gradzoo.engine.network.Checkpoint;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.TargetTraining;
import io.gradzoo.engine.network.TrainableLayers;
import io.gradzoo.engine.network.TrainableNetwork;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.pruning.ConnectionSensitivity;
import io.gradzoo.engine.pruning.GuidedSparsity;
import io.gradzoo.engine.pruning.MaskedTraining;
import io.gradzoo.engine.pruning.NetworkBehaviour;
import io.gradzoo.engine.pruning.PredictedAccuracy;
import io.gradzoo.engine.pruning.PruningMask;
import io.gradzoo.engine.pruning.ZooRange;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.finetune.Operator;
import io.gradzoo.jobs.prune.PrunedNetwork.PruningSetting;
import io.gradzoo.jobs.table.PrunedTable.PruningOutlook;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prunes one network in every way, on an executor.
 *
 * @param operator that changes networks
 * @param predictor of accuracies; null if there is none
 * @param ranges of the training zoo, by architecture
 */
record NetworkPruning(Operator operator, PredictorSource predictor, Map<String, ZooRange> ranges)
    implements Serializable {
  /** Shares of the parameters that go. */
  static final List<Double> SPARSITIES = List.of(0.6, 0.7, 0.8, 0.9);

  /** Learning rates that every row tries in fine-tuning. */
  static final List<Double> RATES = List.of(0.001, 0.003, 0.01);

  /** Epochs of fine-tuning. */
  static final int EPOCHS = 12;

  private static final int BATCH = 32;
  private static final int ITERATIONS = 4;
  private static final double NORM_WEIGHT = 1e-3;
  private static final double NEARNESS = 1;

  /** The settings of a method. */
  static List<PruningSetting> settings(PruningMethod method) {
    return method == PruningMethod.NONE
        ? List.of(new PruningSetting(method, 0))
        : SPARSITIES.stream().map(sparsity -> new PruningSetting(method, sparsity)).toList();
  }

  /**
   * Prunes a network by a method.
   *
   * @param rates by setting; other settings of the method are left out
   */
  List<PrunedNetwork> prune(
      Example member, PruningMethod method, Map<PruningSetting, List<Double>> rates) {
    List<PrunedNetwork> all = new ArrayList<>();
    NetworkWork work = new NetworkWork(member);
    List<PruningSetting> wanted = settings(method).stream().filter(rates::containsKey).toList();
    long start = System.nanoTime();
    List<float[]> guided = method.needsPredictor() ? work.guided(method) : List.of();
    double shared = (System.nanoTime() - start) * 1e-9 / Math.max(1, wanted.size());
    for (PruningSetting setting : wanted) {
      for (double rate : rates.get(setting)) {
        float[] sparse =
            guided.isEmpty() ? null : guided.get(SPARSITIES.indexOf(setting.sparsity()));
        all.add(work.run(setting, rate, sparse, shared));
      }
    }
    return all;
  }

  /** The work on one network. */
  private final class NetworkWork {
    private final Example member;
    private final LayeredArchitecture architecture;
    private final EditedNetwork measure;
    private final ImageSupply images = operator.images();
    private final Optional<PredictedAccuracy> accuracy;
    private final NetworkBehaviour behaviour;

    NetworkWork(Example member) {
      this.member = member;
      this.architecture = LayeredArchitecture.from(member.architecture());
      this.measure = new EditedNetwork(architecture, operator.editing().l1());
      this.accuracy = Optional.ofNullable(predictor).map(source -> source.open(architecture));
      this.behaviour = new NetworkBehaviour(architecture, images.training(), accuracy);
    }

    private float[] start() {
      return member.input().weights();
    }

    List<float[]> guided(PruningMethod method) {
      double nearness = method == PruningMethod.INVARIANT ? NEARNESS : 0;
      return new GuidedSparsity(accuracy.orElseThrow(), NORM_WEIGHT, nearness)
          .run(start(), SPARSITIES);
    }

    PrunedNetwork run(PruningSetting setting, double rate, float[] guided, double seconds) {
      long start = System.nanoTime();
      double sparsity = setting.sparsity();
      float[] dense =
          switch (setting.method()) {
            case NONE, MAGNITUDE, SNIP -> start();
            case ITERATIVE -> iterated(sparsity, rate);
            case L1 -> tuned(start(), null, operator.editing().l1(), rate, EPOCHS);
            case EQUIVARIANT -> operator.apply(List.of(member)).get(0).parameters();
            case META_PRUNING ->
                tuned(operator.apply(List.of(member)).get(0).parameters(), null, 0, rate, EPOCHS);
            case INVARIANT, INVARIANT_FREE -> guided;
          };
      float[] scores =
          setting.method() == PruningMethod.SNIP
              ? ConnectionSensitivity.of(architecture, dense, images.training())
              : dense;
      PruningMask mask = PruningMask.ofLargest(scores, sparsity);
      float[] sparse = dense.clone();
      mask.apply(sparse);
      int epochs = setting.method() == PruningMethod.ITERATIVE ? EPOCHS / ITERATIONS : EPOCHS;
      float[] after = tuned(sparse, mask, 0, rate, epochs);
      return new PrunedNetwork(
          member.id(),
          setting.method(),
          sparsity,
          rate,
          mask,
          after,
          measure.measure(start(), images.judging()),
          measure.measure(sparse, images.judging()),
          measure.measure(after, images.judging()),
          place(sparse),
          place(after),
          seconds + (System.nanoTime() - start) * 1e-9);
    }

    private PruningOutlook place(float[] network) {
      ZooRange range = ranges.get(architecture.id());
      double[] numbers = behaviour.of(network);
      return new PruningOutlook(
          accuracy.map(each -> each.predict(network)).orElse(null),
          range.distance(numbers),
          range.outside(numbers));
    }

    /** All but the last iteration of magnitude pruning: the network that the last one prunes. */
    private float[] iterated(double sparsity, double rate) {
      float[] network = start();
      for (int i = 1; i < ITERATIONS; i++) {
        double share = 1 - Math.pow(1 - sparsity, (double) i / ITERATIONS);
        PruningMask mask = PruningMask.ofLargest(network, share);
        network = tuned(network, mask, 0, rate, EPOCHS / ITERATIONS);
      }
      return network;
    }

    /**
     * Goes on training, with Adam; what a mask prunes stays 0. The start where it came to nothing.
     */
    private float[] tuned(float[] network, PruningMask mask, double l1, double rate, int epochs) {
      TrainableNetwork continued =
          new ContinuedTraining(new TrainableLayers(architecture), network, l1);
      TargetTraining training =
          new TargetTraining(mask == null ? continued : new MaskedTraining(continued, mask));
      Recipe recipe =
          new Recipe(
              OptimizerKind.ADAM, rate, 0, 0, 1, BATCH, epochs, Initializer.GLOROT_NORMAL, 0, 1);
      List<Checkpoint> last =
          training.train(recipe, images.training(), images.judging(), epochs).checkpoints();
      return last.isEmpty() ? network : last.get(0).parameters();
    }
  }
}
