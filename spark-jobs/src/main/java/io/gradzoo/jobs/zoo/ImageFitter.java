package io.gradzoo.jobs.zoo;

import io.gradzoo.engine.network.Checkpoint;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.PointFitting;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.TrainingRun;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.table.MemberStatus;
import io.gradzoo.jobs.table.MembersTable.Fate;
import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Origin;
import io.gradzoo.jobs.table.MembersTable.Published;
import io.gradzoo.jobs.table.MembersTable.RunColumns;
import io.gradzoo.jobs.table.MembersTable.Scores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Fits networks to images, one run after the other, and describes every member as a row of the
 * members table. A run is an image, with all its networks; so none is in two splits. One per task.
 */
final class ImageFitter {
  private final RepresentedImages images;
  private final ZooConfig zoo;
  private final int[] checkpoints;
  private final long seed;
  private final Origin origin;
  private final float[] points;
  private final Map<String, PointFitting> workspaces = new HashMap<>();

  ImageFitter(
      RepresentedImages images, ZooConfig zoo, int[] checkpoints, long seed, Origin origin) {
    this.images = images;
    this.zoo = zoo;
    this.checkpoints = checkpoints.clone();
    this.seed = seed;
    this.origin = origin;
    this.points = images.points();
  }

  /** One row for each network of an image and each checkpoint, reached or not. */
  List<Row> fit(long image) {
    float[] values = images.values(Math.toIntExact(image));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < zoo.initializations(); i++) {
      rows.addAll(fit(image, i, values));
    }
    return rows;
  }

  private List<Row> fit(long image, int initialization, float[] values) {
    RunPlan plan = RunPlan.draw(seed, zoo, image * zoo.initializations() + initialization);
    List<Checkpoint> reached = List.of();
    Fate fate = null;
    try {
      PointFitting fitting =
          workspaces.computeIfAbsent(
              plan.architecture().id(),
              id -> new PointFitting(LayeredArchitecture.from(plan.architecture())));
      TrainingRun run = fitting.fit(plan.recipe(), points, values, checkpoints);
      reached = run.checkpoints();
      if (run.outcome() instanceof TrainingRun.Outcome.Diverged diverged) {
        fate = new Fate(MemberStatus.DIVERGED, diverged.toString());
      }
    } catch (RuntimeException e) {
      fate = new Fate(MemberStatus.FAILED, "failed: " + e);
    }
    RunColumns run =
        RunColumns.of(
            RunPlan.id(image),
            plan.architecture(),
            BuiltInFamilies.of(plan.architecture()).column(),
            hyperparameters(plan),
            seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < checkpoints.length; i++) {
      String id = memberId(run.runId(), initialization, checkpoints[i]);
      rows.add(
          (i < reached.size()
                  ? MemberRow.healthy(
                      id,
                      checkpoints[i],
                      run,
                      reached.get(i).parameters(),
                      Scores.ofFit(reached.get(i).trainLoss()),
                      origin)
                  : MemberRow.lost(id, checkpoints[i], run, fate, origin))
              .with(new Published(Long.toString(image), images.label(Math.toIntExact(image)), null))
              .toRow());
    }
    return rows;
  }

  private static String memberId(String run, int initialization, int step) {
    return String.format(Locale.ROOT, "%s-i%02d-e%03d", run, initialization, step);
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
        null,
        null,
        null,
        recipe.seed());
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
