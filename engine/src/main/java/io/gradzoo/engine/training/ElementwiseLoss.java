package io.gradzoo.engine.training;

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
