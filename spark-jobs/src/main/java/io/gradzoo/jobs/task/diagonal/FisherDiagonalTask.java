package io.gradzoo.jobs.task.diagonal;

import io.gradzoo.engine.training.Decoder;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.prediction.PredictionColumn;
import io.gradzoo.jobs.prediction.Validation;
import io.gradzoo.jobs.task.MeasuredMember;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.OutputShape;
import io.gradzoo.jobs.task.OutputUnit;

/** Predicts the diagonal of a member's Fisher matrix on the points of its target set. */
public record FisherDiagonalTask() implements MetanetworkTask {
  @Override
  public String name() {
    return "fisher_diagonal";
  }

  @Override
  public String title() {
    return "mean of the Fisher diagonal";
  }

  @Override
  public String subject() {
    return "curvature";
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
  public boolean usesTargetSets() {
    return true;
  }

  @Override
  public double[] targets(MeasuredMember member) {
    return FisherDiagonal.of(member);
  }

  @Override
  public boolean standardizes() {
    return true;
  }

  @Override
  public Objective objective(TargetStatistics targets, OutputUnit unit) {
    return FisherDiagonal.objective(targets, unit);
  }

  @Override
  public Decoder decoder(TargetStatistics targets, OutputUnit unit) {
    return FisherDiagonal.objective(targets, unit);
  }

  @Override
  public double score(Validation validation) {
    return validation.negatedSquaredError();
  }

  @Override
  public boolean averagesSquaredGradients() {
    return true;
  }
}
