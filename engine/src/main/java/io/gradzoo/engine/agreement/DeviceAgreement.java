package io.gradzoo.engine.agreement;

import io.gradzoo.engine.agreement.CaseInputs.CaseParameters;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Compares a device with another one: outputs, gradients of parameters and gradients of inputs.
 *
 * @param reference what is compared with
 * @param device what is compared, twice
 */
public record DeviceAgreement(Device reference, Device device) {
  /** Arrays of smaller numbers are compared as if they had this one: theirs is the rounding. */
  private static final double SMALL = 1e-2;

  /**
   * How far two devices are apart.
   *
   * @param difference the largest, relative to the largest number of the same array; NaN where one
   *     of the two has a NaN
   * @param sameBits whether the device gave the same bits twice
   */
  public record Distance(double difference, boolean sameBits) {}

  /** Compares them on a recording. */
  public Distance on(OperationCase of, GridSizes sizes) {
    List<float[]> expected = run(reference, of, sizes);
    List<float[]> actual = run(device, of, sizes);
    List<float[]> again = run(device, of, sizes);
    double largest = 0;
    for (int i = 0; i < expected.size(); i++) {
      largest = Math.max(largest, distance(actual.get(i), expected.get(i)));
    }
    return new Distance(largest, Arrays.deepEquals(actual.toArray(), again.toArray()));
  }

  /** The results of a pass after a larger one, which leaves numbers behind. */
  private static List<float[]> run(Device device, OperationCase of, GridSizes sizes) {
    SplittableRandom random = new SplittableRandom(7);
    ParameterLayout layout = new ParameterLayout();
    CaseParameters used = CaseParameters.add(layout, sizes.width());
    float[] values = layout.initialize(3);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.3 * random.nextGaussian());
    }
    Parameters parameters = Parameters.over(values);
    Tape tape = new Tape(device, parameters, sizes.models() + 1, Tape.Mode.TRAINING);
    CaseInputs inputs = CaseInputs.declare(tape, sizes, used);
    Tensor output = tape.output(of.recorder().record(tape, inputs));
    tape.seal();
    inputs.all().forEach(input -> fill(input.values(), random));
    tape.dropoutSeed(5);
    tape.forward(sizes.models() + 1);
    tape.forward(sizes.models());
    fill(output.gradients(), random);
    parameters.clearGradients();
    tape.backward();
    List<float[]> results = new ArrayList<>();
    results.add(first(output.values(), output, sizes));
    results.add(parameters.gradients());
    inputs.all().forEach(input -> results.add(first(input.gradients(), input, sizes)));
    return results;
  }

  private static void fill(float[] numbers, SplittableRandom random) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
  }

  private static float[] first(float[] numbers, Tensor tensor, GridSizes sizes) {
    return Arrays.copyOf(numbers, sizes.models() * tensor.rows() * tensor.width());
  }

  private static double distance(float[] actual, float[] expected) {
    double scale = SMALL;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      largest = Math.max(largest, Math.abs((double) actual[i] - expected[i]));
    }
    return largest / scale;
  }
}
