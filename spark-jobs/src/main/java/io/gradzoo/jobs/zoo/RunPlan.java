package io.gradzoo.jobs.zoo;

import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.jobs.config.RecipeConfig;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.config.block.Interval;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One training run of a zoo: which network, and how it is trained. A function of (seed, config, run
 * number) alone. Where networks have an activation of their own, or no dropout, what is drawn for
 * them there does not count.
 *
 * @param id of the run, such as {@code r000012}
 * @param architecture of the network
 * @param recipe how it is trained
 */
record RunPlan(String id, Architecture architecture, Recipe recipe) {
  private static final Interval NO_DROPOUT = new Interval(0, 0, Interval.Spacing.UNIFORM);

  /** Draws run {@code number} of a zoo. */
  static RunPlan draw(long seed, ZooConfig zoo, long number) {
    SplittableRandom random = random(seed, number);
    RecipeConfig from = zoo.recipe();
    String text = pick(zoo.architectures(), random);
    Activation activation = pick(from.activations(), random);
    Architecture architecture =
        Architectures.parse(
            zoo.source() != ZooConfig.Source.TRAINED || Architectures.namesActivation(text)
                ? text
                : activation.name().toLowerCase(Locale.ROOT) + ":" + text);
    boolean dropsOut = BuiltInFamilies.of(architecture).dropsOut();
    Recipe recipe =
        new Recipe(
            pick(from.optimizers(), random),
            from.learningRate().draw(random),
            from.l2().draw(random),
            (dropsOut ? from.dropout() : NO_DROPOUT).draw(random),
            pick(from.trainFractions(), random),
            zoo.batchSize(),
            zoo.epochs(),
            pick(from.initializers(), random),
            from.initializerScale().draw(random),
            random.nextLong(),
            zoo.lastStep());
    return new RunPlan(id(number), architecture, recipe);
  }

  /** The id of the member that the run yields after an epoch. */
  String memberId(int epoch) {
    return memberId(id, epoch);
  }

  static String memberId(String run, int epoch) {
    return String.format(Locale.ROOT, "%s-e%03d", run, epoch);
  }

  /** The id of run {@code number}. */
  static String id(long number) {
    return String.format(Locale.ROOT, "r%06d", number);
  }

  /** What run {@code number} of a zoo is drawn from. */
  static SplittableRandom random(long seed, long number) {
    return new SplittableRandom(seed ^ (number + 1) * 0x9E3779B97F4A7C15L);
  }

  static <T> T pick(List<T> from, SplittableRandom random) {
    return from.get(random.nextInt(from.size()));
  }
}
