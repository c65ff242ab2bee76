package io.gradzoo.jobs.config;

import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.jobs.config.block.Effects;
import io.gradzoo.jobs.config.block.Interval;
import io.gradzoo.jobs.config.block.Section;
import java.io.Serializable;
import java.util.List;

/**
 * What a training run's hyperparameters are drawn from, in the manner of the small CNN zoo
 * (Unterthiner et al. 2020): lists uniformly, intervals as they say, else as is usual.
 *
 * @param activations of the hidden layers: relu, tanh
 * @param initializers of the weights
 * @param initializerScale standard deviation of the initialisers that have one, usually log-uniform
 * @param optimizers with Keras' default constants
 * @param learningRate usually log-uniform
 * @param l2 penalty on weights, usually log-uniform
 * @param dropout rate after every hidden activation, usually uniform
 * @param trainFractions shares of the training images a run may see
 */
public record RecipeConfig(
    List<Activation> activations,
    List<Initializer> initializers,
    Interval initializerScale,
    List<OptimizerKind> optimizers,
    Interval learningRate,
    Interval l2,
    Interval dropout,
    List<Double> trainFractions)
    implements Serializable {
  private static final double LEAST = 1e-12;
  private static final Interval.Spacing LOG = Interval.Spacing.LOG_UNIFORM;
  private static final List<OptimizerKind> KERAS =
      List.of(OptimizerKind.ADAM, OptimizerKind.SGD, OptimizerKind.RMSPROP);

  /**
   * Reads the block.
   *
   * @param classifiers what keys affect that only networks have which read whole images
   */
  static RecipeConfig read(Section section, Effects classifiers) {
    Section ofClassifiers = section.affecting(classifiers);
    RecipeConfig recipe =
        new RecipeConfig(
            ofClassifiers.choices("activation", List.of(Activation.RELU, Activation.TANH)),
            section.choices("initializer", List.of(Initializer.values())),
            section.interval("initializer-scale", LEAST, 100, LOG),
            section.choices("optimizer", KERAS),
            section.interval("learning-rate", LEAST, 100, LOG),
            section.interval("l2", 0, 100, LOG),
            ofClassifiers.interval("dropout", 0, 0.99, Interval.Spacing.UNIFORM),
            ofClassifiers.numbers("train-fraction", 1e-3, 1));
    section.finish();
    return recipe;
  }
}
