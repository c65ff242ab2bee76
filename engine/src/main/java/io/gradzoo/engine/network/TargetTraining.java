package io.gradzoo.engine.network;

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
  /** Size of the layer rows of a chunk, in floats, that still fits a core's cache. */
  private static final int CHUNK_NUMBERS = 1 << 17;

  private static final int LARGEST_CHUNK = 256;

  /** Samples at a time where there are convolutions. */
  private static final int CONVOLUTION_CHUNK = 64;

  private final Architecture architecture;
  private final BatchedNetwork network;
  private final int chunk;
  private final float[] gradient;
  private final float[] inputs;
  private final int[] labels;
  private final Targets targets;
  private final float[] losses;
  private final float[] signals;

  private Recipe recipe;
  private float[] parameters;
  private Optimizer optimizer;
  private DropoutMasks masks;

  /** A workspace for networks of this architecture. */
  public TargetTraining(Architecture architecture) {
    this.architecture = architecture;
    this.chunk = chunkSize(architecture);
    this.network = new BatchedNetwork(architecture, chunk);
    this.gradient = new float[architecture.parameterCount()];
    this.inputs = new float[chunk * architecture.input().size()];
    this.labels = new int[chunk];
    this.targets = new Targets.Labels(labels);
    this.losses = new float[chunk];
    this.signals = new float[chunk * architecture.outputs()];
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
    this.parameters =
        recipe.initializer().parameters(architecture, recipe.initializerScale(), recipe.seed());
    this.optimizer = recipe.optimizer().create(parameters.length);
    this.masks =
        recipe.dropout() > 0 ? new DropoutMasks(architecture, chunk, recipe.dropout()) : null;
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
    RandomStream.shuffle(order, RandomStream.ORDER.of(recipe.seed(), epoch));
    SplittableRandom dropout = RandomStream.DROPOUT.of(recipe.seed(), epoch);
    int step = 0;
    for (int first = 0; first < order.length; first += recipe.batchSize()) {
      step++;
      int batch = Math.min(recipe.batchSize(), order.length - first);
      double loss = accumulate(train, order, first, batch, dropout);
      if (!Double.isFinite(loss)) {
        return new TrainingRun.Outcome.Diverged(epoch, step, "the loss is not finite");
      }
      addPenalty();
      optimizer.step(parameters, gradient, recipe.learningRate());
      if (!finite(parameters)) {
        return new TrainingRun.Outcome.Diverged(epoch, step, "a parameter is not finite");
      }
    }
    return new TrainingRun.Outcome.Ok();
  }

  /** Gradient of the mean loss of a batch, chunk by chunk; returns the summed loss. */
  private double accumulate(
      Samples train, int[] order, int first, int batch, SplittableRandom dropout) {
    Arrays.fill(gradient, 0f);
    double loss = 0;
    for (int done = 0; done < batch; done += chunk) {
      int rows = Math.min(chunk, batch - done);
      train.gather(order, first + done, rows, inputs, labels);
      float[] outputs;
      if (masks == null) {
        outputs = network.forward(parameters, 0, inputs, 0, rows);
      } else {
        masks.draw(dropout, rows);
        outputs = network.forward(parameters, 0, inputs, 0, rows, masks);
      }
      loss += evaluate(rows, outputs);
      network.backward(signals);
      network.addGradient(1f / batch, gradient);
    }
    return loss;
  }

  private void addPenalty() {
    if (recipe.l2() == 0) {
      return;
    }
    float slope = (float) (2 * recipe.l2());
    for (AffineLayer layer : architecture.affineLayers()) {
      for (int i = layer.weightOffset(); i < layer.biasOffset(); i++) {
        gradient[i] += slope * parameters[i];
      }
    }
  }

  private Checkpoint checkpoint(
      int epoch, Samples train, int[] chosen, Samples test, int[] everyTest) {
    double[] onTrain = evaluate(train, chosen);
    double[] onTest = evaluate(test, everyTest);
    return new Checkpoint(epoch, parameters.clone(), onTrain[0], onTrain[1], onTest[0], onTest[1]);
  }

  /** Mean loss and accuracy on the given rows. */
  private double[] evaluate(Samples samples, int[] rows) {
    double loss = 0;
    int correct = 0;
    for (int first = 0; first < rows.length; first += chunk) {
      int count = Math.min(chunk, rows.length - first);
      samples.gather(rows, first, count, inputs, labels);
      float[] outputs = network.forward(parameters, 0, inputs, 0, count);
      correct += Loss.countCorrect(count, architecture.outputs(), outputs, labels, 0);
      loss += evaluate(count, outputs);
    }
    return new double[] {loss / rows.length, (double) correct / rows.length};
  }

  /** Losses and signals of the chunk; returns the sum of the losses. */
  private double evaluate(int rows, float[] outputs) {
    int width = architecture.outputs();
    Loss.SOFTMAX_CROSS_ENTROPY.evaluate(targets, 0, rows, width, outputs, losses, signals);
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += losses[i];
    }
    return sum;
  }

  /** The rows of the training samples that this recipe uses: at least one. */
  private int[] subset(int size) {
    int[] order = identity(size);
    RandomStream.shuffle(order, RandomStream.SUBSET.of(recipe.seed(), 0));
    int count = (int) Math.max(1, Math.round(recipe.trainFraction() * size));
    return Arrays.copyOf(order, count);
  }

  private int stepsPerEpoch(int samples) {
    return (samples + recipe.batchSize() - 1) / recipe.batchSize();
  }

  private void requireFitting(String what, Samples samples) {
    boolean fits =
        architecture.input().positions() == 1
            ? samples.shape().size() == architecture.input().size()
            : samples.shape().equals(architecture.input());
    if (!fits) {
      throw misfit(what, "inputs of " + architecture.input(), samples.shape());
    }
    if (samples.classes() > architecture.outputs()) {
      throw misfit(what, "at most " + architecture.outputs() + " classes", samples.classes());
    }
    if (samples.size() == 0) {
      throw misfit(what, "at least one sample", 0);
    }
  }

  private void requireEpochs(Recipe recipe, int[] checkpointEpochs) {
    int before = -1;
    for (int epoch : checkpointEpochs) {
      if (epoch <= before || epoch > recipe.epochs()) {
        throw misfit(
            "checkpoint epochs",
            "increasing epochs within 0…" + recipe.epochs(),
            Arrays.toString(checkpointEpochs));
      }
      before = epoch;
    }
  }

  private IllegalArgumentException misfit(String what, String expected, Object found) {
    return new IllegalArgumentException(
        "training " + architecture + ": " + what + ": expected " + expected + ", found " + found);
  }

  private static int chunkSize(Architecture architecture) {
    if (!architecture.mlp()) {
      return CONVOLUTION_CHUNK;
    }
    int largest = architecture.input().size();
    for (AffineLayer layer : architecture.affineLayers()) {
      largest = Math.max(largest, layer.in());
    }
    return Math.max(8, Math.min(LARGEST_CHUNK, CHUNK_NUMBERS / largest));
  }

  private static boolean finite(float[] values) {
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
