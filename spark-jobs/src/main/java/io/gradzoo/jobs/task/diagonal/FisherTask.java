package io.gradzoo.jobs.task.diagonal;

import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.OutputDecoder;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.prediction.Validation;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.OutputUnit;

/** What tasks about the Fisher matrix have in common. */
public interface FisherTask extends MetanetworkTask {
  @Override
  default String subject() {
    return "curvature";
  }

  @Override
  default boolean usesTargetSets() {
    return true;
  }

  @Override
  default boolean standardizes() {
    return true;
  }

  @Override
  default Objective objective(TargetStatistics targets, OutputUnit unit) {
    return FisherDiagonal.objective(targets, unit);
  }

  @Override
  default OutputDecoder decoder(TargetStatistics targets, OutputUnit unit) {
    return FisherDiagonal.objective(targets, unit);
  }

  @Override
  default double score(Validation validation) {
    return validation.negatedSquaredError();
  }
}
