package io.gradzoo.engine.tensor;

import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * Derivatives of a recorded computation by differences of its own forward pass. The loss is {@code
 * Σ c·y + y²/2} over all outputs y, with fixed random c, summed in double precision.
 */
final class FiniteDifferences {
  private static final int MODELS = 2;
  private static final double STEP = 2e-2;

  private final Parameters parameters;
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;
  private final Tape tape;

  /** A computation with one differentiable input per given shape. */
  static FiniteDifferences of(
      ParameterLayout layout,
      int[][] inputShapes,
      BiFunction<Tape, List<Tensor>, List<Tensor>> graph) {
    return new FiniteDifferences(layout, inputShapes, graph);
  }

  private FiniteDifferences(
      ParameterLayout layout,
      int[][] inputShapes,
      BiFunction<Tape, List<Tensor>, List<Tensor>> graph) {
    SplittableRandom random = new SplittableRandom(7);
    float[] values = layout.initialize(3);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.3 * random.nextGaussian());
    }
    parameters = Parameters.over(values);
    tape = new Tape(CpuDevice.best(), parameters, MODELS + 1, Tape.Mode.TRAINING);
    inputs =
        java.util.Arrays.stream(inputShapes)
            .map(shape -> tape.differentiableInput(shape[0], shape[1]))
            .toList();
    outputs = graph.apply(tape, inputs);
    outputs.forEach(tape::output);
    tape.seal();
    for (Tensor input : inputs) {
      for (int i = 0; i < input.values().length; i++) {
        double x = random.nextGaussian();
        input.values()[i] = (float) (x + 0.2 * Math.signum(x));
      }
    }
  }

  /**
   * The largest difference between the tape's derivatives and differences, relative to the largest
   * derivative.
   */
  double worstError() {
    loss();
    for (int o = 0; o < outputs.size(); o++) {
      for (int i = 0; i < size(outputs.get(o)); i++) {
        outputs.get(o).gradients()[i] = (float) (coefficient(o, i) + outputs.get(o).values()[i]);
      }
    }
    parameters.clearGradients();
    tape.backward();
    double worst =
        compare(parameters.values(), parameters.gradients().clone(), parameters.values().length);
    for (Tensor input : inputs) {
      worst = Math.max(worst, compare(input.values(), input.gradients().clone(), size(input)));
    }
    return worst;
  }

  private double compare(float[] at, float[] gradient, int count) {
    double scale = 1e-3;
    for (int i = 0; i < count; i++) {
      scale = Math.max(scale, Math.abs(gradient[i]));
    }
    double worst = 0;
    for (int i = 0; i < count; i++) {
      worst = Math.max(worst, Math.abs(difference(at, i) - gradient[i]) / scale);
    }
    return worst;
  }

  /** Fourth-order central difference. */
  private double difference(float[] at, int i) {
    double near = loss(at, i, STEP) - loss(at, i, -STEP);
    double far = loss(at, i, 2 * STEP) - loss(at, i, -2 * STEP);
    return (8 * near - far) / (12 * STEP);
  }

  private double loss(float[] at, int i, double step) {
    float old = at[i];
    at[i] = (float) (old + step);
    parameters.changed();
    double loss = loss();
    at[i] = old;
    parameters.changed();
    return loss;
  }

  private double loss() {
    tape.forward(MODELS);
    double loss = 0;
    for (int o = 0; o < outputs.size(); o++) {
      for (int i = 0; i < size(outputs.get(o)); i++) {
        double y = outputs.get(o).values()[i];
        loss += coefficient(o, i) * y + 0.5 * y * y;
      }
    }
    return loss;
  }

  private static double coefficient(int output, int index) {
    return Math.sin(1 + 3.7 * index + 11.3 * output);
  }

  private static int size(Tensor tensor) {
    return MODELS * tensor.rows() * tensor.width();
  }
}
