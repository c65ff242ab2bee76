package io.gradzoo.jobs.zoo;

import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.GaussianNetwork;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.family.MemberFamily;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Draws untrained networks and describes each as a row of the members table: healthy, with unit
 * normal weights and biases, and without losses and accuracies. A function of (seed, config, run
 * number) alone.
 */
final class RandomMembers {
  private final long seed;
  private final ZooConfig zoo;
  private final String configHash;
  private final String codeVersion;

  RandomMembers(long seed, ZooConfig zoo, String configHash, String codeVersion) {
    this.seed = seed;
    this.zoo = zoo;
    this.configHash = configHash;
    this.codeVersion = codeVersion;
  }

  /** The only member of run {@code number}. */
  List<Row> members(long number) {
    SplittableRandom random = RunPlan.random(seed, number);
    Architecture architecture = Architecture.parse(RunPlan.pick(zoo.architectures(), random));
    long ofParameters = random.nextLong();
    float[] parameters = GaussianNetwork.parameters(architecture, ofParameters);
    String run = RunPlan.id(number);
    return List.of(
        RowFactory.create(
            RunPlan.memberId(run, 0),
            run,
            0,
            architecture.id(),
            MemberFamily.of(architecture).id(),
            parameters,
            hyperparameters(architecture, ofParameters),
            null,
            null,
            null,
            null,
            MemberStatus.OK,
            null,
            ContentHash.of(parameters),
            configHash,
            codeVersion));
  }

  private static Row hyperparameters(Architecture architecture, long seed) {
    String activation = architecture.activation().name().toLowerCase(Locale.ROOT);
    return RowFactory.create(
        activation, "unit_normal", 1.0, null, null, null, null, null, null, seed);
  }
}
