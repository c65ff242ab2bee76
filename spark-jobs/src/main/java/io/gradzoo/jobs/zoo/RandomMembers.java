package io.gradzoo.jobs.zoo;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Origin;
import io.gradzoo.jobs.table.MembersTable.RunColumns;
import io.gradzoo.jobs.table.MembersTable.Scores;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;

/**
 * Draws untrained networks and describes each as a row of the members table: healthy, with unit
 * normal weights and biases, and without losses and accuracies. A function of (seed, config, run
 * number) alone.
 */
final class RandomMembers {
  private final long seed;
  private final ZooConfig zoo;
  private final Origin origin;

  RandomMembers(long seed, ZooConfig zoo, Origin origin) {
    this.seed = seed;
    this.zoo = zoo;
    this.origin = origin;
  }

  /** The only member of run {@code number}. */
  List<Row> members(long number) {
    SplittableRandom random = RunPlan.random(seed, number);
    Architecture architecture = Architectures.parse(RunPlan.pick(zoo.architectures(), random));
    MemberFamily family = BuiltInFamilies.of(architecture);
    long ofParameters = random.nextLong();
    float[] parameters = family.random(architecture, ofParameters);
    String run = RunPlan.id(number);
    RunColumns columns =
        RunColumns.of(
            run, architecture, family.column(), hyperparameters(architecture, ofParameters), seed);
    return List.of(
        MemberRow.healthy(RunPlan.memberId(run, 0), 0, columns, parameters, Scores.NONE, origin)
            .toRow());
  }

  private static Hyperparameters hyperparameters(Architecture architecture, long seed) {
    String activation = architecture.activation().name().toLowerCase(Locale.ROOT);
    return new Hyperparameters(
        activation, "unit_normal", 1.0, null, null, null, null, null, null, seed);
  }
}
