package io.gradzoo.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * One recording on two devices, forward and backward, with the same random numbers: outputs,
 * gradients of the parameters, and gradients of all inputs.
 */
final class TwoDevices {
  private final ParameterLayout layout;
  private final int[][] inputShapes;
  private final int capacity;
  private final int models;
  private boolean byInputs = true;

  /**
   * @param inputShapes rows and width of each input
   * @param models of a pass, fewer than the tape's capacity
   */
  TwoDevices(ParameterLayout layout, int[][] inputShapes, int models) {
    this.layout = layout;
    this.inputShapes = inputShapes;
    this.capacity = models + 1;
    this.models = models;
  }

  /** Without the gradients of inputs. */
  TwoDevices byParametersAlone() {
    byInputs = false;
    return this;
  }

  /** All results of a recording, by what they are. */
  record Results(List<float[]> outputs, float[] parameters, List<float[]> inputs) {}

  /** A recording of outputs from inputs. */
  interface Recorded extends BiFunction<Tape, List<Tensor>, List<Tensor>> {}

  Results run(Device device, Recorded graph) {
    SplittableRandom random = new SplittableRandom(7);
    float[] values = layout.initialize(3);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.3 * random.nextGaussian());
    }
    Parameters parameters = Parameters.over(values);
    Tape tape = new Tape(device, parameters, capacity, Tape.Mode.TRAINING);
    List<Tensor> inputs = Arrays.stream(inputShapes).map(s -> declare(tape, s)).toList();
    List<Tensor> outputs = graph.apply(tape, inputs);
    outputs.forEach(tape::output);
    tape.seal();
    inputs.forEach(input -> fill(input.values(), random));
    tape.dropoutSeed(5);
    tape.forward(capacity); // leaves numbers behind that the next pass must not see
    tape.forward(models);
    outputs.stream().filter(Tensor::needsGradient).forEach(y -> fill(y.gradients(), random));
    parameters.clearGradients();
    tape.backward();
    return new Results(
        outputs.stream().map(y -> first(y.values(), y)).toList(),
        parameters.gradients(),
        inputs.stream().filter(x -> byInputs).map(x -> first(x.gradients(), x)).toList());
  }

  private Tensor declare(Tape tape, int[] shape) {
    return byInputs ? tape.differentiableInput(shape[0], shape[1]) : tape.input(shape[0], shape[1]);
  }

  private static void fill(float[] numbers, SplittableRandom random) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
  }

  private float[] first(float[] numbers, Tensor tensor) {
    return Arrays.copyOf(numbers, models * tensor.rows() * tensor.width());
  }

  /** Requires that all results agree to rounding, relative to the largest number of each. */
  static void requireEqual(Results actual, Results expected, double tolerance) {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < expected.outputs.size(); i++) {
      compare(
          "output " + i, actual.outputs.get(i), expected.outputs.get(i), tolerance, differences);
    }
    compare("parameters", actual.parameters, expected.parameters, tolerance, differences);
    for (int i = 0; i < expected.inputs.size(); i++) {
      compare("input " + i, actual.inputs.get(i), expected.inputs.get(i), tolerance, differences);
    }
    assertThat(differences).isEmpty();
  }

  private static void compare(
      String what, float[] actual, float[] expected, double tolerance, List<String> differences) {
    double scale = 1e-3;
    for (float value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= tolerance * scale)) {
        differences.add(what + "[" + i + "]: " + actual[i] + " for " + expected[i]);
        return;
      }
    }
  }
}
