package io.gradzoo.jobs.finetune;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.editing.EditedNetwork;
import io.gradzoo.engine.editing.ImageSupply;
import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.editing.EditComparison;
import io.gradzoo.jobs.editing.EditComparison.EditedPair;
import io.gradzoo.jobs.editing.EditScore;
import io.gradzoo.jobs.editing.Editing;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.PublishedFolder;
import io.gradzoo.jobs.zoo.ShownImages;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Job: evaluates a trained model, and if it changes networks, compares what it makes of held-out
 * members with descent.
 */
public final class RunEvaluation implements Job<JobResult> {
  /** For each of so many compared members one validation member chooses learning rates. */
  private static final int COMPARED_FOR_ONE_TUNING = 4;

  private final RunDirectory run;
  private final EvaluationJob evaluation;

  /**
   * @param run of a trained model
   * @param evaluation of this run
   */
  public RunEvaluation(RunDirectory run, EvaluationJob evaluation) {
    this.run = run;
    this.evaluation = evaluation;
  }

  /**
   * Evaluates and writes {@link Evaluation#FILE}, and of a model that changes networks {@link
   * EditComparison#FILE}.
   *
   * @throws io.gradzoo.jobs.GradzooException as {@link EvaluationJob#run}
   */
  @Override
  public JobResult run(JobContext context) {
    Evaluation evaluated = evaluation.run(context);
    Optional<String> version = run.version();
    TrainedModel model = TrainedModel.load(run, context);
    Optional<Editing> editing = model.model().task().edits();
    if (editing.isEmpty()) {
      return evaluated;
    }
    PublishedFolder.Replacement replacement = run.prepare().requireVersion(version);
    EditComparison comparison =
        JobDescription.during(
            context.session(),
            "compare " + model.model().name(),
            () -> compare(context, model, editing.get()));
    replacement.add(EditComparison.FILE, comparison.bytes());
    return comparison;
  }

  private static EditComparison compare(JobContext context, TrainedModel model, Editing editing) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.session().sparkContext());
    ImageSupply images = ShownImages.ofTest(context, model.config());
    Operator operator = Operator.of(spark, model, images);
    TaskExamples task = new TaskExamples(context.tables(), model.config(), model.model());
    EnumSet<Split> splits = EnumSet.of(Split.VALIDATION, Split.TEST);
    try (ExampleSets sets = task.inputs(model.statistics(), splits)) {
      int wanted = editing.comparedMembers();
      List<Example> members = some(sets.collect(Split.TEST), wanted);
      List<Operator.Edit> edits =
          spark
              .parallelize(members, Math.min(members.size(), spark.defaultParallelism()))
              .glom()
              .flatMap(part -> operator.apply(part).iterator())
              .collect();
      List<NetworkMeasures> before = edits.stream().map(Operator.Edit::before).toList();
      List<EditScore> rows = new ArrayList<>();
      rows.add(EditScore.of("as they are", before, before, 1, 0));
      rows.add(
          EditScore.of(
              model.model().name() + ", one pass",
              before,
              edits.stream().map(Operator.Edit::after).toList(),
              model.model().settingsTried(),
              edits.stream().mapToDouble(Operator.Edit::seconds).average().orElseThrow()));
      if (wanted > 0) {
        int tuning = Math.max(1, wanted / COMPARED_FOR_ONE_TUNING);
        List<Example> choosing = some(sets.collect(Split.VALIDATION), tuning);
        rows.addAll(new DescentRows(spark, images, editing.l1()).rows(choosing, members, before));
      }
      return new EditComparison(
          model.model().name(),
          editing.objective(),
          EditedNetwork.SMALL,
          rows,
          edits.stream().map(RunEvaluation::pair).toList());
    }
  }

  private static EditedPair pair(Operator.Edit edit) {
    return new EditedPair(
        edit.member().id(), edit.member().architecture().id(), edit.before(), edit.after());
  }

  /** So many members, spread evenly over all; all if that is 0. */
  private static List<Example> some(List<Example> all, int wanted) {
    if (wanted == 0 || wanted >= all.size()) {
      return all;
    }
    List<Example> chosen = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      chosen.add(all.get((int) ((long) i * all.size() / wanted)));
    }
    return chosen;
  }
}
