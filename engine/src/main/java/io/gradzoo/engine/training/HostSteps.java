package io.gradzoo.engine.training;

import io.gradzoo.engine.optimize.GlobalNormClip;
import io.gradzoo.engine.optimize.Optimizer;
import io.gradzoo.engine.tensor.Parameters;

/** Steps on the host's arrays. */
final class HostSteps implements LocalSteps {
  private final Parameters parameters;
  private final Optimizer optimizer;
  private final GlobalNormClip clip;
  private final StepRange steps;
  private long made;
  private double losses;

  HostSteps(Parameters parameters, Optimizer optimizer, GlobalNormClip clip, StepRange steps) {
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.clip = clip;
    this.steps = steps;
  }

  @Override
  public void begin() {
    parameters.clearGradients();
  }

  @Override
  public void step(double loss, int examples, double learningRate) {
    double norm = clip.apply(parameters.gradients());
    DivergenceException.requireFinite(steps.shard(), steps.first() + made, loss / examples, norm);
    optimizer.step(parameters.values(), parameters.gradients(), learningRate);
    parameters.changed();
    losses += loss;
    made++;
  }

  @Override
  public double end() {
    return losses;
  }

  @Override
  public void close() {
    // all of it is on the host
  }
}
