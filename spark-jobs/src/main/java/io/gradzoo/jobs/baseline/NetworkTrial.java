package io.gradzoo.jobs.baseline;

import io.gradzoo.datasets.split.ShardAssignment;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.optimize.LearningRateSchedule;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.ElementwiseObjective;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.LocalRounds;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.prediction.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network that knows less of symmetry, trained in one thread; of its rounds the one that is best
 * on the validation split is kept.
 *
 * @param network what it is built from
 * @param aim what it learns
 * @param settings of its training
 * @param seed of shards, parameters and order
 */
record NetworkTrial(MetanetworkSpec network, LearningAim aim, TrainingSettings settings, long seed)
    implements Trial {

  /** Learning rates, as multiples of the model's: at least two are tried. */
  private static final double[] RATES = {1, 2, 0.5, 4};

  private static final int PUBLISHED_EPOCHS = 50;
  private static final int PUBLISHED_BATCH = 8;
  private static final double NO_CLIP = 1e30;

  /**
   * In the rounds of a model, with as many learning rates as settings were tried of the model, from
   * two to four.
   */
  static List<Trial> withRates(MetanetworkSpec network, BaselineSetting setting, LearningAim aim) {
    TrainingSettings model = setting.training();
    int count = Math.max(2, Math.min(RATES.length, setting.settingsTried()));
    List<Trial> trials = new ArrayList<>();
    for (double rate : Arrays.copyOf(RATES, count)) {
      TrainingSettings settings = model.withLearningRate(rate * model.learningRate());
      trials.add(new NetworkTrial(network, aim, settings, setting.seed()));
    }
    return trials;
  }

  /** Cross-entropy, Adam with 0.001, batches of 8, 50 epochs, evaluated after each. */
  static Trial published(MetanetworkSpec network, int members, long seed) {
    TrainingSettings settings =
        new TrainingSettings(
            1,
            PUBLISHED_EPOCHS,
            (members + PUBLISHED_BATCH - 1) / PUBLISHED_BATCH,
            PUBLISHED_BATCH,
            OptimizerKind.ADAMW,
            1e-3,
            LearningRateSchedule.Decay.CONSTANT,
            0,
            0,
            NO_CLIP,
            1);
    LearningAim aim = LearningAim.SHARES.with(new ElementwiseObjective.CrossEntropy());
    return new NetworkTrial(network, aim, settings, seed);
  }

  @Override
  public Fitted fit(BaselineExamples examples) {
    Metanetwork built = network.build();
    Workspace workspace = new Workspace(built, aim.objective(), aim.decoder());
    List<List<Example>> shards = shards(examples.train());
    int largest = shards.stream().mapToInt(List::size).max().orElseThrow();
    TrainingSettings sized = settings.forLargestShard(largest);
    LocalRounds rounds = new LocalRounds(workspace, sized, seed, shards);
    BestOfRounds.Best best =
        new BestOfRounds<>(
                sized,
                rounds,
                parameters ->
                    aim.goodness().judge(predictions(workspace, parameters, examples.validation())),
                goodness -> goodness)
            .run(built.layout().initialize(seed), round -> {});
    return new Fitted(
        predictions(workspace, best.parameters(), examples.validation()),
        predictions(workspace, best.parameters(), examples.test()),
        best.parameters().length);
  }

  private List<List<Example>> shards(List<Example> examples) {
    return new ShardAssignment(seed, settings.shards()).divide(examples, Example::id);
  }

  private static List<Prediction> predictions(
      Workspace workspace, float[] parameters, List<Example> examples) {
    workspace.load(parameters);
    float[][] predicted = workspace.predictAll(examples);
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < predicted.length; i++) {
      Example example = examples.get(i);
      predictions.add(
          Prediction.of(
              example.id(), example.architecture().id(), example.targets(), predicted[i]));
    }
    return predictions;
  }
}
