package io.gradzoo.jobs.evaluation;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.baseline.BaselineExamples;
import io.gradzoo.jobs.baseline.Baselines;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.MemberSplits;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.gradients.OtherCode;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.run.TrainedOn;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.PublishedFolder;
import io.gradzoo.jobs.training.TrainingJob;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Job: judges a trained model on the members of held-out runs, beside baselines on the same members
 * and splits, and puts the evaluation into the run directory. The baselines are those of {@link
 * Baselines}; or, of curvature, the estimators that learn nothing.
 */
public final class EvaluationJob implements Job {
  private final RunDirectory run;
  private final boolean onOtherMembers;

  /**
   * @param run of a trained model
   */
  public EvaluationJob(RunDirectory run) {
    this(run, false);
  }

  private EvaluationJob(RunDirectory run, boolean onOtherMembers) {
    this.run = run;
    this.onOtherMembers = onOtherMembers;
  }

  /**
   * The same job, which takes the members that stand there though the run was trained on others.
   */
  public EvaluationJob onOtherMembers() {
    return new EvaluationJob(run, true);
  }

  /**
   * Evaluates, writes {@link Evaluation#FILE} and prints the table.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if the run or a table is missing or
   *     damaged, or the zoo's members are not those that the run was trained on
   */
  @Override
  public void run(JobContext context) {
    Optional<String> version = run.version();
    TrainedModel model = TrainedModel.load(run, context);
    OtherCode.noteTables(context, model.config().zoo().name(), model.model());
    OtherCode.note(
        context,
        run.path(),
        model.codeVersion(),
        TrainingJob.codeVersion(context.tables(), model.config(), model.model()));
    PublishedFolder.Replacement replacement = run.prepare().requireVersion(version);
    String description = "evaluate " + model.model().name();
    Evaluation evaluation =
        JobDescription.during(context.session(), description, () -> evaluate(context, model));
    replacement.add(Evaluation.FILE, evaluation.bytes());
    EvaluationTable.print(evaluation, context.out());
  }

  /** Identity of the code that the evaluation of a trained model on the tables depends on. */
  public static String codeVersion(JobContext context, RunDirectory run, ModelConfig model) {
    return codeVersion(
        TrainedModel.codeVersion(run), new TaskExamples(context.tables(), context.config(), model));
  }

  static String codeVersion(String model, TaskExamples task) {
    return task.codeVersion(EvaluationJob.class, model);
  }

  private Evaluation evaluate(JobContext context, TrainedModel model) {
    TaskExamples task = new TaskExamples(context.tables(), model.config(), model.model());
    task.requireFresh();
    TrainedOn trainedOn = TrainedOn.of(run, model, task);
    String command = "evaluate " + model.model().name();
    MemberSplits own = trainedOn.known(command);
    if (!onOtherMembers) {
      trainedOn.require(command, "--on-other-members");
    }
    if (model.model().task().curvature()) {
      return CurvatureEvaluation.of(context, run, model, task, trainedOn);
    }
    try (ExampleSets inputs = task.inputs(model.statistics(), EnumSet.of(Split.TEST));
        ExampleSets weights = task.weights(EnumSet.allOf(Split.class))) {
      for (Split split : Split.values()) {
        if (weights.count(split) < 2 || (split == Split.TEST && inputs.count(split) < 2)) {
          throw task.empty("evaluate " + model.model().name(), split);
        }
      }
      model.requireReadable(inputs.architectures(Split.TEST));
      List<Prediction> predictions = model.predict(context.session(), inputs, Split.TEST);
      List<Score> scores = new ArrayList<>();
      scores.add(Score.of(model, predictions, run.trainingSeconds()));
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.session().sparkContext());
      Baselines.fit(
              spark,
              context.progress(),
              BaselineExamples.of(weights),
              model.model(),
              model.config().seed())
          .forEach(result -> scores.add(Score.of(result)));
      return Evaluation.of(
          model.model(),
          own.train().count(),
          own.validation().count(),
          scores,
          predictions,
          trainedOn.standing(),
          !trainedOn.same(),
          codeVersion(model.codeVersion(), task));
    }
  }
}
