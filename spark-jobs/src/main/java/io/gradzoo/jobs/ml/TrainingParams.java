package io.gradzoo.jobs.ml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * How a stage is fitted. A param that is not set is what the config says.
 *
 * @param <S> the stage, which setters return
 */
public interface TrainingParams<S extends TrainingParams<S>> extends StageParams<S> {

  /** Name of a block below {@code models}. */
  default Param<String> model() {
    return text("model", "name of the block below models that says what is trained");
  }

  /** Share of the runs that the parameters are fitted to. */
  default DoubleParam trainShare() {
    return new DoubleParam(
        uid(),
        "trainShare",
        "share of the runs that parameters are fitted to, above 0; with validationShare at most 1",
        ParamValidators.inRange(0, 1, false, true));
  }

  /** Share of the runs that the best round is chosen by. */
  default DoubleParam validationShare() {
    return new DoubleParam(
        uid(),
        "validationShare",
        "share of the runs that the best round is chosen by, from 0 to 1; the rest is left out",
        ParamValidators.inRange(0, 1));
  }

  /** Rounds of averaging. */
  default IntParam rounds() {
    return new IntParam(
        uid(),
        "rounds",
        "rounds of averaging, at least 1; if it is not set, models.NAME.training.rounds",
        ParamValidators.gtEq(1));
  }

  /** Step size after the warm-up. */
  default DoubleParam learningRate() {
    return new DoubleParam(
        uid(),
        "learningRate",
        "step size after the warm-up, above 0; if it is not set, models.NAME.training.learning-rate",
        ParamValidators.gt(0));
  }

  /** Seed of everything random. */
  default LongParam seed() {
    return new LongParam(
        uid(),
        "seed",
        "seed of everything random, at least 0; if it is not set, the config's",
        ParamValidators.gtEq(0));
  }

  default String getModel() {
    return getOrDefault(model());
  }

  default S setModel(String name) {
    return with(model(), name);
  }

  default double getTrainShare() {
    return (double) getOrDefault(trainShare());
  }

  default S setTrainShare(double share) {
    return with(trainShare(), share);
  }

  default double getValidationShare() {
    return (double) getOrDefault(validationShare());
  }

  default S setValidationShare(double share) {
    return with(validationShare(), share);
  }

  default int getRounds() {
    return (int) getOrDefault(rounds());
  }

  default S setRounds(int count) {
    return with(rounds(), count);
  }

  default double getLearningRate() {
    return (double) getOrDefault(learningRate());
  }

  default S setLearningRate(double rate) {
    return with(learningRate(), rate);
  }

  default long getSeed() {
    return (long) getOrDefault(seed());
  }

  default S setSeed(long value) {
    return with(seed(), value);
  }

  /** The defaults of these params; called by constructors. */
  default void setTrainingDefaults() {
    setDefault(trainShare(), 0.8);
    setDefault(validationShare(), 0.2);
  }

  /** The settings that the params stand for. */
  default List<String> assignments() {
    BigDecimal train = BigDecimal.valueOf(getTrainShare());
    BigDecimal validation = BigDecimal.valueOf(getValidationShare());
    List<String> all = new ArrayList<>();
    all.add("splits.train=" + train);
    all.add("splits.validation=" + validation);
    all.add("splits.test=" + BigDecimal.ONE.subtract(train).subtract(validation));
    String training = "models." + getModel() + ".training.";
    if (isDefined(rounds())) {
      all.add(training + "rounds=" + getRounds());
    }
    if (isDefined(learningRate())) {
      all.add(training + "learning-rate=" + getLearningRate());
    }
    if (isDefined(seed())) {
      all.add("seed=" + getSeed());
    }
    return all;
  }
}
