package io.gradzoo.engine.training;

import io.gradzoo.engine.tensor.TrainingPass;

/**
 * The weighted mean of the errors of an example's numbers.
 *
 * @param objective the error of one number
 */
record ElementwiseLoss(ElementwiseObjective objective) implements Objective.ExampleLoss {

  @Override
  public double differentiate(Outputs outputs, Example example, int batch) {
    ElementwiseObjective.requireTargets(outputs, example);
    double loss = 0;
    double share = objective.weight(example) / ((double) batch * outputs.numbers());
    for (int o = 0; o < outputs.count(); o++) {
      float[] y = outputs.values(o);
      float[] dy = outputs.gradients(o);
      int start = outputs.start(o);
      int size = outputs.size(o);
      for (int i = 0; i < size; i++) {
        int index = outputs.offset(o) + i;
        loss += objective.loss(y[start + i], example, index);
        dy[start + i] = (float) (share * objective.slope(y[start + i], example, index));
      }
    }
    return objective.weight(example) * loss / outputs.numbers();
  }

  /**
   * Writes what a device needs for the loss of an example.
   *
   * @param batch examples over which losses are averaged
   * @param slot of the example in the pass
   */
  void label(Outputs outputs, Example example, int batch, int slot, TrainingPass pass) {
    ElementwiseObjective.requireTargets(outputs, example);
    int at = slot * outputs.numbers();
    for (int o = 0; o < outputs.count(); o++) {
      for (int i = 0; i < outputs.size(o); i++) {
        pass.targets()[at++] = objective.label(example, outputs.offset(o) + i);
      }
    }
    double share = objective.weight(example) / outputs.numbers();
    pass.shares()[2 * slot] = (float) share;
    pass.shares()[2 * slot + 1] = (float) (share / batch);
  }

  /** The weighted mean squared error of the predictions, in squared units of the objective. */
  @Override
  public double evaluate(Outputs outputs, Example example) {
    float[] predicted = objective.decode(outputs, example);
    double squares = 0;
    for (int i = 0; i < predicted.length; i++) {
      double error = predicted[i] - example.targets()[i];
      squares += error * error;
    }
    double loss = squares / predicted.length / (objective.unit() * objective.unit());
    return objective.weight(example) * loss;
  }
}
