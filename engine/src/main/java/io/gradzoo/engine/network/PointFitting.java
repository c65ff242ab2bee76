package io.gradzoo.engine.network;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.optimize.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fits networks of one architecture to numbers at points, one after the other, in a workspace that
 * is allocated once: implicit neural representations (Sitzmann et al. 2020). Every step is on all
 * points, the loss is the mean over points and outputs of (f − t)². A fit is a pure function of
 * (architecture, recipe, points, values). Not thread-safe: one per thread.
 */
public final class PointFitting {
  /** Points at a time: the rows of a layer of 32 fit the first cache. */
  private static final int CHUNK = 256;

  private final LayeredArchitecture architecture;
  private final BatchedNetwork network;
  private final float[] losses;
  private final float[] signals;
  private final float[] gradient;

  /**
   * A workspace for networks of an architecture.
   *
   * @throws IllegalArgumentException if it has convolutions
   */
  public PointFitting(LayeredArchitecture architecture) {
    this(architecture, CpuKernels.best());
  }

  /** The same on other kernels. */
  public PointFitting(LayeredArchitecture architecture, Kernels kernels) {
    if (!architecture.dense()) {
      throw Fault.of("fitting " + architecture)
          .expected("dense layers only")
          .found("convolutions")
          .exception();
    }
    this.architecture = architecture;
    this.network = new BatchedNetwork(architecture, CHUNK, kernels);
    this.losses = new float[CHUNK];
    this.signals = new float[CHUNK * architecture.outputs()];
    this.gradient = new float[architecture.parameterCount()];
  }

  /**
   * Fits one network.
   *
   * @param recipe whose epochs are steps; its batch size, dropout and train fraction have no effect
   * @param points [n, inputs]
   * @param values [n, outputs]
   * @param checkpointSteps increasing steps to keep, within 0 … recipe.epochs()
   * @return checkpoints whose train loss is the mean squared error; their other numbers are NaN
   * @throws IllegalArgumentException if points and values do not fit
   */
  public TrainingRun fit(Recipe recipe, float[] points, float[] values, int... checkpointSteps) {
    requireFit(points, values);
    float[] parameters =
        recipe.initializer().parameters(architecture, recipe.initializerScale(), recipe.seed());
    Optimizer optimizer = recipe.optimizer().create(parameters.length, 0);
    List<Checkpoint> checkpoints = new ArrayList<>();
    int next = 0;
    for (int step = 0; ; step++) {
      double error = pass(parameters, points, values);
      if (!Double.isFinite(error)) {
        return new TrainingRun(
            checkpoints,
            new TrainingRun.Outcome.Diverged(step, 1, "the squared error is not finite"));
      }
      if (next < checkpointSteps.length && checkpointSteps[next] == step) {
        checkpoints.add(checkpoint(step, parameters, error));
        next++;
      }
      if (step == recipe.epochs()) {
        return new TrainingRun(checkpoints, new TrainingRun.Outcome.Ok());
      }
      if (recipe.l2() != 0) {
        addPenalty((float) (2 * recipe.l2()), parameters);
      }
      optimizer.step(parameters, gradient, recipe.learningRate());
    }
  }

  private static Checkpoint checkpoint(int step, float[] parameters, double error) {
    return new Checkpoint(step, parameters.clone(), error, Double.NaN, Double.NaN, Double.NaN);
  }

  /** The mean squared error, whose gradient is left in {@code gradient}. */
  private double pass(float[] parameters, float[] points, float[] values) {
    int inputs = architecture.input().size();
    int outputs = architecture.outputs();
    int count = points.length / inputs;
    Targets targets = new Targets.Values(values);
    Arrays.fill(gradient, 0f);
    network.load(parameters, 0);
    double sum = 0;
    for (int first = 0; first < count; first += CHUNK) {
      int rows = Math.min(CHUNK, count - first);
      float[] found = network.forward(points, first * inputs, rows);
      Loss.SQUARED_ERROR.evaluate(targets, first, rows, outputs, found, losses, signals);
      for (int i = 0; i < rows; i++) {
        sum += losses[i];
      }
      network.backward(signals);
      network.addGradient(1f / values.length, gradient);
    }
    return sum / values.length;
  }

  private void addPenalty(float slope, float[] parameters) {
    for (AffineLayer layer : architecture.affineLayers()) {
      for (int i = layer.weightOffset(); i < layer.biasOffset(); i++) {
        gradient[i] += slope * parameters[i];
      }
    }
  }

  private void requireFit(float[] points, float[] values) {
    int inputs = architecture.input().size();
    int outputs = architecture.outputs();
    if (points.length == 0
        || points.length % inputs != 0
        || values.length != points.length / inputs * outputs) {
      throw Fault.of("fitting " + architecture)
          .expected("points of %d numbers with %d values each", inputs, outputs)
          .found("%d numbers with %d values", points.length, values.length)
          .exception();
    }
  }
}
