package io.gradzoo.jobs.task.diagonal;

import io.gradzoo.jobs.prediction.PredictionColumn;
import io.gradzoo.jobs.task.MeasuredMember;
import io.gradzoo.jobs.task.OutputShape;

/** Predicts the diagonal of a member's Fisher matrix on the points of its target set. */
public record FisherDiagonalTask() implements FisherTask {
  @Override
  public String name() {
    return "fisher_diagonal";
  }

  @Override
  public String title() {
    return "mean of the Fisher diagonal";
  }

  @Override
  public String unit() {
    return "squared gradient";
  }

  @Override
  public PredictionColumn column() {
    return PredictionColumn.array("fisher_diagonal");
  }

  @Override
  public OutputShape output() {
    return OutputShape.EVERY_PARAMETER;
  }

  @Override
  public double[] targets(MeasuredMember member) {
    return FisherDiagonal.of(member);
  }

  @Override
  public boolean averagesSquaredGradients() {
    return true;
  }
}
