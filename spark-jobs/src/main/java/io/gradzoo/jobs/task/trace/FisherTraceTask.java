package io.gradzoo.jobs.task.trace;

import io.gradzoo.jobs.prediction.PredictionColumn;
import io.gradzoo.jobs.task.MeasuredMember;
import io.gradzoo.jobs.task.OutputShape;
import io.gradzoo.jobs.task.diagonal.FisherDiagonal;
import io.gradzoo.jobs.task.diagonal.FisherTask;
import java.util.Arrays;

/** Predicts the trace of a member's Fisher matrix on the points of its target set. */
public record FisherTraceTask() implements FisherTask {
  @Override
  public String name() {
    return "fisher_trace";
  }

  @Override
  public String title() {
    return "Fisher trace";
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
    return OutputShape.NUMBERS;
  }

  @Override
  public double[] targets(MeasuredMember member) {
    return new double[] {Arrays.stream(FisherDiagonal.of(member)).sum()};
  }
}
