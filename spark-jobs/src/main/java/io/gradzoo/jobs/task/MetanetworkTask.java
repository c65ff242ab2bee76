package io.gradzoo.jobs.task;

import io.gradzoo.engine.editing.ImageSupply;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.OutputDecoder;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.editing.Editing;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.prediction.PredictionColumn;
import io.gradzoo.jobs.prediction.Validation;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What models learn to predict for members: where targets come from, the outputs that it needs,
 * their loss, and the words of tables. The rest of the code knows tasks only through this
 * interface. A task travels to executors, and equal tasks are equal values.
 *
 * <p>The code version of a model starts from the class of its task too, so that class refers to
 * everything that training for the task depends on; its baselines are {@link TaskBaselines}.
 */
public interface MetanetworkTask extends Serializable {
  /** Its name in configs, {@code task = …}: letters a–z and _. */
  String name();

  /** The block that a model of this task has beside those of every model; empty if none. */
  default Optional<String> block() {
    return Optional.empty();
  }

  /**
   * The task as a model's blocks ask for it. What is wrong is recorded in the section, and a
   * harmless value takes its place.
   *
   * @param model the block of a model
   */
  default MetanetworkTask read(Section model) {
    return this;
  }

  /** Whether its loss shows images to networks. */
  default boolean usesImages() {
    return false;
  }

  /**
   * The task with the images that its loss shows: nobody asks for its objective before.
   *
   * @param images of the zoo whose members it is about
   */
  default MetanetworkTask showing(ImageSupply images) {
    return this;
  }

  /** What is predicted for a member, in words, for tables and reports. */
  String title();

  /** What it is about, in words, for headings. */
  default String subject() {
    return title();
  }

  /** The unit of targets and predictions, in words. */
  String unit();

  /** The column of a table that holds predictions. */
  PredictionColumn column();

  /** The shape of a model's outputs for a target network. */
  OutputShape output();

  /** How many numbers a model says of a network as a whole, where these are its outputs. */
  default int numbers() {
    return 1;
  }

  /** Numeric columns of {@code members} that its targets are read from. */
  default List<String> memberColumns() {
    return List.of();
  }

  /** Whether targets are read from gradient sets of their own, the target sets. */
  default boolean usesTargetSets() {
    return false;
  }

  /**
   * The targets of a member.
   *
   * @throws IllegalArgumentException saying what was expected, if the stored value is no target
   */
  double[] targets(MeasuredMember member);

  /**
   * The task of models that are asked and not trained, which may be told of members without
   * targets.
   */
  default MetanetworkTask withoutTargets() {
    return this;
  }

  /**
   * Whether targets are standardised with statistics of the training split, in which errors are
   * shown too. Such models read gradient sets.
   */
  default boolean standardizes() {
    return false;
  }

  /**
   * What training minimises.
   *
   * @param targets statistics of the training split; null if the task does not standardise
   * @param unit of the model's outputs
   */
  Objective objective(TargetStatistics targets, OutputUnit unit);

  /**
   * What the outputs predict, in the unit of the task; with the arguments of {@link #objective}.
   */
  OutputDecoder decoder(TargetStatistics targets, OutputUnit unit);

  /**
   * The score of parameters on the validation split: those of the best round are kept.
   *
   * @return not finite if predictions are not
   */
  double score(Validation validation);

  /** What it makes better, if outputs are changes of networks. */
  default Optional<Editing> edits() {
    return Optional.empty();
  }

  /**
   * Metrics of its own, beside rank correlation, R² and errors.
   *
   * @param test a predictor's predictions of the test split, in the order of the members' ids
   * @return by name, in the order of tables
   */
  default Map<String, Double> metrics(List<Prediction> test) {
    return Map.of();
  }

  /**
   * Whether targets are means of squared gradients, which the gradients of a set estimate. The
   * study compares models of such tasks with other estimates, and a model may weight the samples of
   * the set.
   */
  default boolean averagesSquaredGradients() {
    return false;
  }
}
