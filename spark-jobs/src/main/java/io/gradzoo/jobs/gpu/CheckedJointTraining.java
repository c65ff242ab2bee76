package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.TrainableLayers;
import io.gradzoo.engine.network.recorded.JointTraining;
import io.gradzoo.engine.optimize.Optimizer;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.tensor.Device;
import java.util.Arrays;
import java.util.List;

/**
 * A training of networks side by side that a device is compared on with the CPU's own passes.
 *
 * @param work small networks
 */
record CheckedJointTraining(JointWork work) {
  private static final int NETWORKS = 3;
  private static final int STEPS = 20;
  private static final double RATE = 0.01;

  /** A CNN and a perceptron. */
  static List<CheckedJointTraining> all() {
    return List.of(
        of("zoo training, ReLU CNN", "relu:2x7x6:conv4k3s2p1:conv5k2s1p0:gap:dense3"),
        of("zoo training, tanh perceptron", "tanh:9:dense7:dense3"));
  }

  private static CheckedJointTraining of(String name, String architecture) {
    return new CheckedJointTraining(
        new JointWork(name, LayeredArchitecture.parse(architecture), 5));
  }

  /** Compares the losses of all steps with those of the CPU. */
  GpuCheckResult.Checked compare(Device device) {
    List<float[]> starts = work.starts(NETWORKS);
    List<int[]> orders = work.orders(NETWORKS, STEPS);
    JointTraining joint = work.open(device, NETWORKS);
    double[] actual = joint.train(starts, work.images(), orders, RATE).losses();
    double[] again = joint.train(starts, work.images(), orders, RATE).losses();
    double[] expected = new double[STEPS];
    for (int n = 0; n < NETWORKS; n++) {
      addLosses(starts.get(n).clone(), orders.get(n), expected);
    }
    double largest = 0;
    for (int step = 0; step < STEPS; step++) {
      largest = Math.max(largest, Math.abs(actual[step] - expected[step]));
    }
    return new GpuCheckResult.Checked(
        work.name(), largest / expected[0], Arrays.equals(actual, again));
  }

  private void addLosses(float[] parameters, int[] order, double[] losses) {
    int batch = work.imagesOfStep();
    Samples images = work.images();
    TrainableLayers network = new TrainableLayers(work.architecture());
    Optimizer optimizer = OptimizerKind.ADAM.create(parameters.length, 0);
    float[] gradient = new float[parameters.length];
    for (int step = 0; step < STEPS; step++) {
      Arrays.fill(gradient, 0f);
      double loss =
          network.accumulate(parameters, images, order, step * batch, batch, null, gradient);
      losses[step] += loss / (batch * NETWORKS);
      optimizer.step(parameters, gradient, RATE);
    }
  }
}
