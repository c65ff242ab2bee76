package io.gradzoo.engine.network.recorded;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.optimize.Optimizer;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.DeviceTraining;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.NumberLoss;
import io.gradzoo.engine.tensor.NumberLoss.ErrorOfNumber;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.TrainingPass;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trains classifiers of one architecture side by side on a device that keeps parameters: forward
 * pass, cross-entropy, backward sweep and update of all networks are one step, and only samples
 * travel. All have the same update rule and rate; there is neither a penalty nor dropout. Not
 * thread-safe.
 */
public final class JointTraining {
  private final LayeredArchitecture architecture;
  private final OptimizerKind optimizer;
  private final int batch;
  private final Parameters parameters;
  private final Tape tape;
  private final ShownSamples shown;
  private final DeviceTraining device;
  private final TrainingPass pass;

  /**
   * @param optimizer the update rule, without weight decay
   * @param networks how many
   * @param batch samples of a network's step
   * @throws io.gradzoo.engine.fault.FaultException if parameters do not stay on the device
   * @throws io.gradzoo.engine.fault.DeviceMemoryException if it has too little memory
   */
  public JointTraining(
      LayeredArchitecture architecture,
      Device device,
      OptimizerKind optimizer,
      int networks,
      int batch) {
    this.architecture = architecture;
    this.optimizer = optimizer;
    this.batch = batch;
    int count = architecture.parameterCount();
    ParameterLayout layout = new ParameterLayout();
    Parameter all = layout.add("networks", Initialization.constant(0f), networks, count);
    this.parameters = Parameters.over(new float[layout.size()]);
    this.device =
        device
            .training(parameters)
            .orElseThrow(
                () ->
                    Fault.of("joint training")
                        .expected("a device that keeps parameters")
                        .found("a CPU")
                        .exception());
    this.tape = new Tape(device, parameters, networks, Tape.Mode.TRAINING);
    this.shown = ShownSamples.toEach(tape, architecture, batch);
    tape.output(shown.crossEntropies(tape, tape.ownParameters(all, count, 1)));
    NumberLoss mean = new NumberLoss(ErrorOfNumber.LINEAR, 1f / batch);
    this.pass = tape.seal().trainingPass(List.of(mean)).orElseThrow();
    Arrays.fill(pass.shares(), 1f);
  }

  /**
   * What some steps came to.
   *
   * @param parameters of each network
   * @param losses of each step, the mean over networks and samples, before its update
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  public record JointSteps(List<float[]> parameters, double[] losses) {}

  /**
   * Trains from given parameters.
   *
   * @param starts flat parameters of each network, kept as they are
   * @param orders for each network the rows of the samples that it sees, one step's behind the
   *     other's; what is left of a batch at the end is left out
   * @throws IllegalArgumentException if there are too many networks, or orders of several lengths
   */
  public JointSteps train(
      List<float[]> starts, Samples samples, List<int[]> orders, double learningRate) {
    int networks = starts.size();
    int steps = orders.get(0).length / batch;
    if (networks > tape.capacity() || orders.size() != networks || !alike(orders)) {
      throw Fault.of("joint training")
          .expected("at most %d networks, with orders of one length", tape.capacity())
          .found("%d networks, %d orders", networks, orders.size())
          .exception();
    }
    int count = architecture.parameterCount();
    for (int n = 0; n < networks; n++) {
      System.arraycopy(starts.get(n), 0, parameters.values(), n * count, count);
    }
    parameters.changed();
    Optimizer rule = optimizer.create(parameters.values().length, 0);
    device.begin(rule.moments(), Double.POSITIVE_INFINITY, steps);
    for (int step = 0; step < steps; step++) {
      for (int n = 0; n < networks; n++) {
        shown.show(n, samples, orders.get(n), step * batch);
      }
      pass.run(networks, 0);
      device.step(rule.next(learningRate));
    }
    float[] ofSteps = device.end(rule.moments());
    double[] losses = new double[steps];
    Arrays.setAll(losses, step -> ofSteps[2 * step] / networks);
    return new JointSteps(
        IntStream.range(0, networks)
            .mapToObj(n -> Arrays.copyOfRange(parameters.values(), n * count, (n + 1) * count))
            .toList(),
        losses);
  }

  private static boolean alike(List<int[]> orders) {
    return orders.stream().allMatch(order -> order.length == orders.get(0).length);
  }
}
