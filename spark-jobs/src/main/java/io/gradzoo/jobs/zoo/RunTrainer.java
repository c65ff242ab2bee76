package io.gradzoo.jobs.zoo;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Checkpoint;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.TargetArchitecture;
import io.gradzoo.engine.network.TargetTraining;
import io.gradzoo.engine.network.TrainingRun;
import io.gradzoo.engine.network.transformer.TrainableTransformer;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.jobs.family.MemberFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Trains runs one after the other and describes every member as a row of the members table. One per
 * task.
 */
final class RunTrainer {
  private final Samples train;
  private final Samples test;
  private final int[] checkpoints;
  private final String configHash;
  private final String codeVersion;
  private final Map<String, TargetTraining> workspaces = new HashMap<>();

  RunTrainer(ImageSet.Division images, int[] checkpoints, String configHash, String codeVersion) {
    this.train = samples(images.train());
    this.test = samples(images.test());
    this.checkpoints = checkpoints.clone();
    this.configHash = configHash;
    this.codeVersion = codeVersion;
  }

  /** One row for each checkpoint, reached or not. */
  List<Row> train(RunPlan plan) {
    List<Checkpoint> reached = List.of();
    String status = MemberStatus.OK;
    String reason = null;
    try {
      TargetTraining training =
          workspaces.computeIfAbsent(
              plan.architecture().id(), id -> workspace(plan.architecture()));
      TrainingRun run = training.train(plan.recipe(), train, test, checkpoints);
      reached = run.checkpoints();
      if (run.outcome() instanceof TrainingRun.Outcome.Diverged diverged) {
        status = MemberStatus.DIVERGED;
        reason = diverged.toString();
      }
    } catch (RuntimeException e) {
      status = MemberStatus.FAILED;
      reason = "failed: " + e;
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < checkpoints.length; i++) {
      rows.add(
          i < reached.size()
              ? row(plan, checkpoints[i], reached.get(i), MemberStatus.OK, null)
              : row(plan, checkpoints[i], null, status, reason));
    }
    return rows;
  }

  private TargetTraining workspace(TargetArchitecture architecture) {
    return architecture instanceof TransformerArchitecture transformer
        ? new TargetTraining(new TrainableTransformer(transformer, train.shape()))
        : new TargetTraining((Architecture) architecture);
  }

  private Row row(RunPlan plan, int epoch, Checkpoint member, String status, String reason) {
    return RowFactory.create(
        plan.memberId(epoch),
        plan.id(),
        epoch,
        plan.architecture().id(),
        MemberFamily.of(plan.architecture()).id(),
        member == null ? null : member.parameters(),
        hyperparameters(plan),
        member == null ? null : member.trainLoss(),
        member == null ? null : member.trainAccuracy(),
        member == null ? null : member.testLoss(),
        member == null ? null : member.testAccuracy(),
        status,
        reason,
        member == null ? null : ContentHash.of(member.parameters()),
        configHash,
        codeVersion);
  }

  private static Row hyperparameters(RunPlan plan) {
    Recipe recipe = plan.recipe();
    boolean transformer = plan.architecture() instanceof TransformerArchitecture;
    return RowFactory.create(
        activation(plan.architecture()),
        name(recipe.initializer()),
        recipe.initializerScale(),
        name(recipe.optimizer()),
        recipe.learningRate(),
        recipe.l2(),
        transformer ? null : recipe.dropout(),
        recipe.trainFraction(),
        recipe.batchSize(),
        recipe.seed());
  }

  private static String activation(TargetArchitecture architecture) {
    return name(
        architecture instanceof TransformerArchitecture transformer
            ? transformer.activation()
            : ((Architecture) architecture).activation());
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Samples samples(ImageSet images) {
    return new Samples(images.shape(), images.classes(), images.pixels(), images.labels());
  }
}
