package io.gradzoo.jobs.zoo;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Checkpoint;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.TargetTraining;
import io.gradzoo.engine.network.TrainingRun;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.table.MemberStatus;
import io.gradzoo.jobs.table.MembersTable.Fate;
import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Origin;
import io.gradzoo.jobs.table.MembersTable.RunColumns;
import io.gradzoo.jobs.table.MembersTable.Scores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Trains runs one after the other and describes every member as a row of the members table. One per
 * task.
 */
final class RunTrainer {
  private final Samples train;
  private final Samples test;
  private final int[] checkpoints;
  private final long seed;
  private final Origin origin;
  private final Map<String, TargetTraining> workspaces = new HashMap<>();

  /**
   * @param seed of the zoo, which decides the splits of its runs
   */
  RunTrainer(ImageSet.Division images, int[] checkpoints, long seed, Origin origin) {
    this.train = samples(images.train());
    this.test = samples(images.test());
    this.checkpoints = checkpoints.clone();
    this.seed = seed;
    this.origin = origin;
  }

  /** One row for each checkpoint, reached or not. */
  List<Row> train(RunPlan plan) {
    List<Checkpoint> reached = List.of();
    Fate fate = null;
    try {
      TargetTraining training =
          workspaces.computeIfAbsent(
              plan.architecture().id(), id -> workspace(plan.architecture()));
      TrainingRun run = training.train(plan.recipe(), train, test, checkpoints);
      reached = run.checkpoints();
      if (run.outcome() instanceof TrainingRun.Outcome.Diverged diverged) {
        fate = new Fate(MemberStatus.DIVERGED, diverged.toString());
      }
    } catch (RuntimeException e) {
      fate = new Fate(MemberStatus.FAILED, "failed: " + e);
    }
    RunColumns run =
        RunColumns.of(
            plan.id(),
            plan.architecture(),
            BuiltInFamilies.of(plan.architecture()).column(),
            hyperparameters(plan),
            seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < checkpoints.length; i++) {
      int epoch = checkpoints[i];
      String id = plan.memberId(epoch);
      MemberRow member =
          i < reached.size()
              ? MemberRow.healthy(
                  id, epoch, run, reached.get(i).parameters(), scores(reached.get(i)), origin)
              : MemberRow.lost(id, epoch, run, fate, origin);
      rows.add(member.toRow());
    }
    return rows;
  }

  private TargetTraining workspace(Architecture architecture) {
    return new TargetTraining(
        BuiltInFamilies.of(architecture).trainable(architecture, train.shape()));
  }

  private static Scores scores(Checkpoint member) {
    return new Scores(
        member.trainLoss(), member.trainAccuracy(), member.testLoss(), member.testAccuracy());
  }

  private static Hyperparameters hyperparameters(RunPlan plan) {
    Recipe recipe = plan.recipe();
    return new Hyperparameters(
        name(plan.architecture().activation()),
        name(recipe.initializer()),
        recipe.initializerScale(),
        name(recipe.optimizer()),
        recipe.learningRate(),
        recipe.l2(),
        BuiltInFamilies.of(plan.architecture()).dropsOut() ? recipe.dropout() : null,
        recipe.trainFraction(),
        recipe.batchSize(),
        recipe.seed());
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Samples samples(ImageSet images) {
    return new Samples(images.shape(), images.classes(), images.pixels(), images.labels());
  }
}
