package io.gradzoo.engine.network;

import java.util.SplittableRandom;

/**
 * Classifiers of one architecture as {@link TargetTraining} trains them: first parameters, losses
 * and gradients, in a workspace of their own. Not thread-safe.
 */
public interface TrainableNetwork {

  /** What they are laid out as. */
  Architecture architecture();

  /**
   * Refuses samples that they cannot read.
   *
   * @param what the samples are, for the message
   * @throws IllegalArgumentException naming what differs
   */
  void requireFit(String what, Samples samples);

  /**
   * Parameters of a fresh network, and whatever else a run begins with.
   *
   * @param recipe of the run
   * @param random drawn from for the parameters alone
   * @return flat parameter vector
   */
  float[] begin(Recipe recipe, SplittableRandom random);

  /**
   * Adds the gradient of a batch's mean loss, without penalty.
   *
   * @param order rows of the samples; the batch is {@code order[first … first + batch)}
   * @param dropout drawn from for masks alone
   * @param gradient flat, added to
   * @return the sum of the losses
   */
  double accumulate(
      float[] parameters,
      Samples samples,
      int[] order,
      int first,
      int batch,
      SplittableRandom dropout,
      float[] gradient);

  /** Adds {@code slope · W} to the gradient of every weight W that a penalty is on. */
  void addPenalty(float slope, float[] parameters, float[] gradient);

  /** Loss and accuracy on the given rows, without dropout. */
  LossAndAccuracy evaluate(float[] parameters, Samples samples, int[] rows);

  /**
   * How good a classifier is on some samples.
   *
   * @param loss mean cross-entropy
   * @param accuracy share of right answers, in [0, 1]
   */
  record LossAndAccuracy(double loss, double accuracy) {}
}
