package io.gradzoo.jobs.evaluation;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.baseline.BaselineResult;
import io.gradzoo.jobs.baseline.BaselineSetting;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.MemberSplits;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.gradients.OtherCode;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.prediction.Score;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.run.TrainedOn;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.PublishedFolder;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.TaskBaselines;
import io.gradzoo.jobs.tracking.Tracking;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ShownImages;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Job: evaluates a trained model on the members of held-out runs, beside baselines on the same
 * members and splits, and puts the evaluation into the run directory. The baselines are those of
 * the model's task.
 */
public final class EvaluationJob implements Job<Evaluation> {
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
   * Evaluates and writes {@link Evaluation#FILE}.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if the run or a table is missing or
   *     damaged, or the zoo's members are not those that the run was trained on
   */
  @Override
  public Evaluation run(JobContext context) {
    Optional<String> version = run.version();
    TrainedModel model = TrainedModel.load(run, context);
    OtherCode.noteTables(context, model.config().zoo().name(), model.model());
    OtherCode.note(
        context,
        run,
        model.codeVersion(),
        TrainingJob.codeVersion(context.tables(), model.config(), model.model()));
    PublishedFolder.Replacement replacement = run.prepare().requireVersion(version);
    String description = "evaluate " + model.model().name();
    Evaluation evaluation =
        JobDescription.during(context.session(), description, () -> evaluate(context, model));
    replacement.add(Evaluation.FILE, evaluation.bytes());
    show(context, model, evaluation);
    return evaluation;
  }

  /** Where the training was shown. */
  private void show(JobContext context, TrainedModel model, Evaluation evaluation) {
    String name = model.config().zoo().name() + "-" + model.model().name();
    String command = "evaluate " + model.model().name();
    try (Tracking tracking =
        Tracking.of(command, model.config(), name, model.identity(run), context.progress())) {
      tracking.evaluated(run.rounds(), evaluation.numbers());
    }
  }

  /** Identity of the code that the evaluation of a trained model on the tables depends on. */
  public static String codeVersion(JobContext context, RunDirectory run, ModelConfig model) {
    return codeVersion(
        context,
        model,
        TrainedModel.codeVersion(run),
        new TaskExamples(context.tables(), context.config(), model));
  }

  private static String codeVersion(
      JobContext context, ModelConfig model, String trained, TaskExamples task) {
    TaskBaselines baselines = context.config().choices().tasks().baselines(model.task());
    return task.codeVersion(List.of(EvaluationJob.class, baselines.getClass()), trained);
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
    TaskBaselines baselines = context.config().choices().tasks().baselines(model.model().task());
    try (ExampleSets inputs = task.inputs(model.statistics(), EnumSet.of(Split.TEST));
        ExampleSets read = examples(task, baselines)) {
      for (Split split : Split.values()) {
        if ((baselines.splits().contains(split) && read.count(split) < 2)
            || (split == Split.TEST && inputs.count(split) < 2)) {
          throw task.empty(command, split);
        }
      }
      model.requireReadable(inputs.architectures(Split.TEST));
      TrainedModel shown =
          model.withTask(ShownImages.inTest(context, model.config(), model.model().task()));
      List<Prediction> predictions = shown.predict(context.session(), inputs, Split.TEST);
      List<Score> scores = new ArrayList<>();
      scores.add(score(model, predictions, run.trainingSeconds()));
      baselines
          .fit(setting(context, model, read))
          .forEach(result -> scores.add(score(model.model().task(), result)));
      return Evaluation.of(
          model.model(),
          own.train().count(),
          own.validation().count(),
          inDeviations(scores, model.statistics().targets()),
          predictions,
          trainedOn.standing(),
          !trainedOn.same(),
          codeVersion(context, model.model(), model.codeVersion(), task));
    }
  }

  private static Score score(TrainedModel model, List<Prediction> predictions, double seconds) {
    return Score.of(
        model.model().name(),
        Score.Role.METANETWORK,
        predictions,
        model.model().settingsTried(),
        model.parameters().length,
        seconds,
        model.model().task().metrics(predictions));
  }

  private static Score score(MetanetworkTask task, BaselineResult result) {
    return Score.of(
        result.name(),
        Score.Role.BASELINE,
        result.test(),
        result.settings(),
        result.parameters(),
        result.seconds(),
        task.metrics(result.test()));
  }

  private static ExampleSets examples(TaskExamples task, TaskBaselines baselines) {
    return switch (baselines.input()) {
      case WEIGHTS -> task.weights(baselines.splits());
      case GRADIENT_SETS -> task.gradientSets(baselines.splits());
    };
  }

  private static BaselineSetting setting(
      JobContext context, TrainedModel model, ExampleSets examples) {
    return new BaselineSetting(
        JavaSparkContext.fromSparkContext(context.session().sparkContext()),
        context.progress(),
        examples::collect,
        model.model().training(),
        model.model().settingsTried(),
        model.model().task().numbers(),
        Optional.ofNullable(model.statistics().targets()),
        model.config().seed());
  }

  /** The same scores with errors in deviations too, if targets were standardised. */
  private static List<Score> inDeviations(List<Score> scores, TargetStatistics targets) {
    return targets == null
        ? scores
        : scores.stream().map(score -> score.inDeviations(targets.deviation())).toList();
  }
}
