package io.gradzoo.jobs.dl4j;

import io.gradzoo.engine.optimize.LearningRateSchedule;
import io.gradzoo.engine.training.TrainingSettings;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** This program's learning rates, warm-up included, as a schedule of DL4J's. */
public final class RateSchedule implements ISchedule {
  private static final long serialVersionUID = 1;

  @JsonProperty private double base;
  @JsonProperty private long warmup;
  @JsonProperty private LearningRateSchedule.Decay shape;
  @JsonProperty private int rounds;
  @JsonProperty private int stepsPerRound;

  /** For DL4J, which fills it from JSON. */
  @SuppressWarnings("unused")
  private RateSchedule() {}

  RateSchedule(TrainingSettings settings) {
    this.base = settings.learningRate();
    this.warmup = settings.warmupSteps();
    this.shape = settings.shape();
    this.rounds = settings.rounds();
    this.stepsPerRound = settings.stepsPerRound();
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    return new LearningRateSchedule(base, warmup, shape, rounds, stepsPerRound).rate(iteration);
  }

  /** Itself: it never changes. */
  @Override
  public ISchedule clone() {
    return this;
  }
}
