package io.gradzoo.engine.training;

import io.gradzoo.engine.optimize.GlobalNormClip;
import io.gradzoo.engine.optimize.Optimizer;
import io.gradzoo.engine.tensor.DeviceTraining;

/** Steps on the device, which says only at the end what losses and gradients they had. */
final class DeviceSteps implements LocalSteps {
  private final DeviceTraining device;
  private final Optimizer optimizer;
  private final StepRange steps;
  private final double[] losses;
  private final int[] examples;
  private final Runnable afterwards;
  private int made;
  private boolean ended;

  /**
   * @param afterwards what is to be done when the device has no part in it any more
   */
  DeviceSteps(
      DeviceTraining device,
      Optimizer optimizer,
      GlobalNormClip clip,
      StepRange steps,
      Runnable afterwards) {
    this.device = device;
    this.optimizer = optimizer;
    this.steps = steps;
    this.losses = new double[steps.count()];
    this.examples = new int[steps.count()];
    this.afterwards = afterwards;
    device.begin(optimizer.moments(), clip.maximum(), steps.count());
  }

  @Override
  public void begin() {
    // the device's gradients are zero after every step
  }

  @Override
  public void step(double loss, int ofStep, double learningRate) {
    losses[made] = loss;
    examples[made] = ofStep;
    made++;
    device.step(optimizer.next(learningRate));
  }

  @Override
  public double end() {
    float[] ofSteps = device.end(optimizer.moments());
    ended = true;
    double sum = 0;
    for (int step = 0; step < made; step++) {
      double loss = losses[step] + ofSteps[2 * step];
      double norm = ofSteps[2 * step + 1];
      DivergenceException.requireFinite(
          steps.shard(), steps.first() + step, loss / examples[step], norm);
      sum += loss;
    }
    return sum;
  }

  @Override
  public void close() {
    afterwards.run();
    if (!ended) {
      device.abandon();
    }
  }
}
