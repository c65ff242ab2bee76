package io.gradzoo.jobs.task.trace;

import io.gradzoo.engine.training.Decoder;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.prediction.PredictionColumn;
import io.gradzoo.jobs.prediction.Validation;
import io.gradzoo.jobs.task.MeasuredMember;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.OutputShape;
import io.gradzoo.jobs.task.OutputUnit;
import io.gradzoo.jobs.task.diagonal.FisherDiagonal;
import java.util.Arrays;

/** Predicts the trace of a member's Fisher matrix on the points of its target set. */
public record FisherTraceTask() implements MetanetworkTask {
  @Override
  public String name() {
    return "fisher_trace";
  }

  @Override
  public String title() {
    return "Fisher trace";
  }

  @Override
  public String subject() {
    return "curvature";
  }

  @Override
  public String unit() {
    return "squared gradient, summed over the parameters";
  }

  @Override
  public PredictionColumn column() {
    return PredictionColumn.number("fisher_trace");
  }

  @Override
  public OutputShape output() {
    return OutputShape.ONE_NUMBER;
  }

  @Override
  public boolean usesTargetSets() {
    return true;
  }

  @Override
  public double[] targets(MeasuredMember member) {
    return new double[] {Arrays.stream(FisherDiagonal.of(member)).sum()};
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
}
