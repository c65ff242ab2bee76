package io.gradzoo.engine.network;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.network.TrainableNetwork.LossAndAccuracy;
import io.gradzoo.engine.optimize.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains classifiers of one architecture, one after the other, in a workspace that is allocated
 * once. A run is a pure function of (architecture, recipe, samples): repeating it gives the same
 * bytes. Not thread-safe: one per thread.
 */
public final class TargetTraining {
  private final TrainableNetwork network;
  private final float[] gradient;

  private Recipe recipe;
  private float[] parameters;
  private Optimizer optimizer;

  /** A workspace for networks of dense and convolution layers. */
  public TargetTraining(LayeredArchitecture architecture) {
    this(new TrainableLayers(architecture));
  }

  /** A workspace for networks of any family. */
  public TargetTraining(TrainableNetwork network) {
    this.network = network;
    this.gradient = new float[network.architecture().parameterCount()];
  }

  /**
   * Trains one network.
   *
   * @param train training samples, of which the recipe may use a part
   * @param test samples for evaluation only
   * @param checkpointEpochs increasing epochs to evaluate and keep, within 0 … recipe.epochs()
   * @throws IllegalArgumentException if the samples or epochs do not fit
   */
  public TrainingRun train(Recipe recipe, Samples train, Samples test, int... checkpointEpochs) {
    requireFitting("training samples", train);
    requireFitting("test samples", test);
    requireEpochs(recipe, checkpointEpochs);
    this.recipe = recipe;
    this.parameters = network.begin(recipe, RandomStream.PARAMETERS.random(recipe.seed(), 0));
    this.optimizer = recipe.optimizer().create(parameters.length, 0);
    int[] chosen = subset(train.size());
    int[] everyTest = identity(test.size());
    List<Checkpoint> checkpoints = new ArrayList<>();
    int next = 0;
    for (int epoch = 0; ; epoch++) {
      if (next < checkpointEpochs.length && checkpointEpochs[next] == epoch) {
        Checkpoint checkpoint = checkpoint(epoch, train, chosen, test, everyTest);
        if (!Double.isFinite(checkpoint.trainLoss()) || !Double.isFinite(checkpoint.testLoss())) {
          String reason = "an evaluation loss is not finite";
          int steps = epoch == 0 ? 0 : stepsPerEpoch(chosen.length);
          return new TrainingRun(
              checkpoints, new TrainingRun.Outcome.Diverged(epoch, steps, reason));
        }
        checkpoints.add(checkpoint);
        next++;
      }
      if (epoch == recipe.epochs()) {
        return new TrainingRun(checkpoints, new TrainingRun.Outcome.Ok());
      }
      TrainingRun.Outcome outcome = runEpoch(epoch + 1, train, chosen);
      if (outcome instanceof TrainingRun.Outcome.Diverged) {
        return new TrainingRun(checkpoints, outcome);
      }
    }
  }

  private TrainingRun.Outcome runEpoch(int epoch, Samples train, int[] chosen) {
    int[] order = chosen.clone();
    RandomStream.shuffle(order, RandomStream.ORDER.random(recipe.seed(), epoch));
    SplittableRandom dropout = RandomStream.DROPOUT.random(recipe.seed(), epoch);
    int step = 0;
    int samples = recipe.lastStep().samples(order.length, recipe.batchSize());
    for (int first = 0; first < samples; first += recipe.batchSize()) {
      step++;
      int batch = Math.min(recipe.batchSize(), samples - first);
      Arrays.fill(gradient, 0f);
      double loss = network.accumulate(parameters, train, order, first, batch, dropout, gradient);
      if (!Double.isFinite(loss)) {
        return new TrainingRun.Outcome.Diverged(epoch, step, "the loss is not finite");
      }
      if (recipe.l2() != 0) {
        network.addPenalty((float) (2 * recipe.l2()), parameters, gradient);
      }
      optimizer.step(parameters, gradient, recipe.learningRate());
      if (!finite(parameters)) {
        return new TrainingRun.Outcome.Diverged(epoch, step, "a parameter is not finite");
      }
    }
    return new TrainingRun.Outcome.Ok();
  }

  private Checkpoint checkpoint(
      int epoch, Samples train, int[] chosen, Samples test, int[] everyTest) {
    LossAndAccuracy onTrain = network.evaluate(parameters, train, chosen);
    LossAndAccuracy onTest = network.evaluate(parameters, test, everyTest);
    return new Checkpoint(
        epoch,
        parameters.clone(),
        onTrain.loss(),
        onTrain.accuracy(),
        onTest.loss(),
        onTest.accuracy());
  }

  /** The rows of the training samples that this recipe uses: at least one. */
  private int[] subset(int size) {
    int[] order = identity(size);
    RandomStream.shuffle(order, RandomStream.SUBSET.random(recipe.seed(), 0));
    int count = (int) Math.max(1, Math.round(recipe.trainFraction() * size));
    return Arrays.copyOf(order, count);
  }

  private int stepsPerEpoch(int samples) {
    int trained = recipe.lastStep().samples(samples, recipe.batchSize());
    return (trained + recipe.batchSize() - 1) / recipe.batchSize();
  }

  private void requireFitting(String what, Samples samples) {
    network.requireFit(what, samples);
    int outputs = network.architecture().outputs();
    if (samples.classes() > outputs) {
      throw mismatch(
          network.architecture(), what, "at most " + outputs + " classes", samples.classes());
    }
    if (samples.size() == 0) {
      throw mismatch(network.architecture(), what, "at least one sample", 0);
    }
  }

  private void requireEpochs(Recipe recipe, int[] checkpointEpochs) {
    int before = -1;
    for (int epoch : checkpointEpochs) {
      if (epoch <= before || epoch > recipe.epochs()) {
        throw mismatch(
            network.architecture(),
            "checkpoint epochs",
            "increasing epochs within 0…" + recipe.epochs(),
            Arrays.toString(checkpointEpochs));
      }
      before = epoch;
    }
  }

  /** The failure of a run that cannot begin. */
  static IllegalArgumentException mismatch(
      Architecture architecture, String what, String expected, Object found) {
    return Fault.of("training " + architecture.id())
        .at(what)
        .expected(expected)
        .found(found)
        .exception();
  }

  /** If the sum of squares is finite, so are all; it may overflow where they are. */
  private static boolean finite(float[] values) {
    if (Float.isFinite(CpuKernels.best().dot(values, 0, values, 0, values.length))) {
      return true;
    }
    float sum = 0f;
    for (float value : values) {
      sum += 0f * value;
    }
    return sum == 0f;
  }

  private static int[] identity(int n) {
    int[] rows = new int[n];
    for (int i = 0; i < n; i++) {
      rows[i] = i;
    }
    return rows;
  }
}
