package io.gradzoo.jobs.task.accuracy;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.training.ElementwiseObjective;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.OutputDecoder;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.prediction.PredictionColumn;
import io.gradzoo.jobs.prediction.Validation;
import io.gradzoo.jobs.task.MeasuredMember;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.OutputShape;
import io.gradzoo.jobs.task.OutputUnit;
import java.util.List;

/** Predicts the test accuracy of a member; what counts is the order of members. */
public record AccuracyTask() implements MetanetworkTask {
  private static final String COLUMN = "test_accuracy";

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public String title() {
    return "test accuracy";
  }

  @Override
  public String unit() {
    return "share of right answers";
  }

  @Override
  public PredictionColumn column() {
    return PredictionColumn.number(COLUMN);
  }

  @Override
  public OutputShape output() {
    return OutputShape.NUMBERS;
  }

  @Override
  public List<String> memberColumns() {
    return List.of(COLUMN);
  }

  @Override
  public double[] targets(MeasuredMember member) {
    Double accuracy = member.number(COLUMN);
    if (accuracy == null || !(accuracy >= 0 && accuracy <= 1)) {
      throw Fault.here().expected("a test accuracy from 0 to 1").found(accuracy).exception();
    }
    return new double[] {accuracy};
  }

  @Override
  public Objective objective(TargetStatistics targets, OutputUnit unit) {
    return new ElementwiseObjective.Share();
  }

  @Override
  public OutputDecoder decoder(TargetStatistics targets, OutputUnit unit) {
    return new ElementwiseObjective.Share();
  }

  @Override
  public double score(Validation validation) {
    return validation.rankCorrelation();
  }
}
