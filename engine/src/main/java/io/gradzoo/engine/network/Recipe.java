package io.gradzoo.engine.network;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.optimize.OptimizerKind;

/**
 * How one target network is trained.
 *
 * @param optimizer update rule, without decoupled weight decay
 * @param learningRate constant rate, positive
 * @param l2 weight of the penalty l2 · Σ W² on the weights (not the biases): adds 2 · l2 · W to
 *     their gradient; reported losses leave it out
 * @param dropout rate after every hidden activation while training, in [0, 1)
 * @param trainFraction share of the training samples that is used, in (0, 1]
 * @param batchSize samples per step
 * @param epochs passes over the chosen samples
 * @param initializer distribution of the first weights
 * @param initializerScale standard deviation for the initialisers that need one
 * @param seed of everything random
 * @param lastStep what becomes of an epoch's samples that are too few for a batch
 */
public record Recipe(
    OptimizerKind optimizer,
    double learningRate,
    double l2,
    double dropout,
    double trainFraction,
    int batchSize,
    int epochs,
    Initializer initializer,
    double initializerScale,
    long seed,
    LastStep lastStep) {
  public Recipe {
    require(
        learningRate > 0 && Double.isFinite(learningRate),
        "a positive learning rate",
        learningRate);
    require(l2 >= 0 && Double.isFinite(l2), "an L2 weight >= 0", l2);
    require(dropout >= 0 && dropout < 1, "a dropout rate in [0, 1)", dropout);
    require(trainFraction > 0 && trainFraction <= 1, "a train fraction in (0, 1]", trainFraction);
    require(batchSize > 0, "a positive batch size", batchSize);
    require(epochs >= 0, "epochs >= 0", epochs);
    require(
        initializerScale >= 0 && Double.isFinite(initializerScale),
        "an initialiser scale >= 0",
        initializerScale);
  }

  /** A recipe whose last step of an epoch takes what is left. */
  public Recipe(
      OptimizerKind optimizer,
      double learningRate,
      double l2,
      double dropout,
      double trainFraction,
      int batchSize,
      int epochs,
      Initializer initializer,
      double initializerScale,
      long seed) {
    this(
        optimizer,
        learningRate,
        l2,
        dropout,
        trainFraction,
        batchSize,
        epochs,
        initializer,
        initializerScale,
        seed,
        LastStep.SMALLER);
  }

  private static void require(boolean holds, String expected, Number found) {
    if (!holds) {
      throw Fault.of("recipe").expected(expected).found(found).exception();
    }
  }
}
