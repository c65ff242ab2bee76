package io.gradzoo.jobs.evaluation;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.code.CodeVersion;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.gradients.OtherCode;
import io.gradzoo.jobs.prediction.Agreement;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.PublishedFolder;
import io.gradzoo.jobs.training.ExampleSets;
import io.gradzoo.jobs.training.MemberSplits;
import io.gradzoo.jobs.training.NetworkBaseline;
import io.gradzoo.jobs.training.RunDirectory;
import io.gradzoo.jobs.training.TaskExamples;
import io.gradzoo.jobs.training.TrainedModel;
import io.gradzoo.jobs.training.TrainedOn;
import io.gradzoo.jobs.training.TrainingJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Job: judges a trained model on the members of held-out runs, beside baselines on the same members
 * and splits, and puts the evaluation into the run directory. The baselines are the mean predictor,
 * StatNN and networks on weights; or, of curvature, the estimators that learn nothing.
 */
public final class EvaluationJob implements Job {
  private static final int PREDICTORS = 3 + NetworkBaseline.Kind.values().length;

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
    TrainedModel model = TrainedModel.load(run, context.progress());
    OtherCode.noteTables(context, model.config().zoo().name(), model.model());
    OtherCode.note(
        context,
        run.path(),
        model.codeVersion(),
        TrainingJob.codeVersion(context.tables(), model.config(), model.model()));
    PublishedFolder.Replacement replacement = run.prepare().of(version);
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
    List<String> inputs = new ArrayList<>(task.codeVersions());
    inputs.add(model);
    return CodeVersion.of(EvaluationJob.class, inputs);
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
    try (ExampleSets inputs = task.inputs(model.statistics());
        ExampleSets weights = task.weights();
        Progress.Task progress =
            context
                .progress()
                .start("evaluate " + model.model().name(), "predictors", PREDICTORS)) {
      if (inputs.count(Split.TEST) < 2) {
        throw task.empty("evaluate " + model.model().name(), Split.TEST);
      }
      model.requireReadable(inputs.architectures(Split.TEST));
      List<Prediction> predictions = model.predict(context.session(), inputs, Split.TEST);
      List<Score> scores = new ArrayList<>();
      scores.add(
          new Score(
              model.model().name(),
              Score.Role.METANETWORK,
              Prediction.agreement(predictions),
              model.parameters().length,
              run.trainingSeconds()));
      progress.advance(1, "test τ " + rounded(scores.get(0).agreement().tau()));
      List<Example> train = weights.collect(Split.TRAIN);
      List<Example> test = weights.collect(Split.TEST);
      scores.add(meanPredictor(train, test));
      progress.advance(1);
      scores.add(timed("StatNN, gradient boosting", () -> statistics(context, model, train, test)));
      progress.advance(1);
      for (NetworkBaseline.Kind kind : NetworkBaseline.Kind.values()) {
        scores.add(timed(kind.title(), () -> network(context, model, weights, kind)));
        progress.advance(1);
      }
      return new Evaluation(
          model.model().name(),
          model.model().task().title(),
          own.train().count(),
          own.validation().count(),
          scores,
          predictions,
          trainedOn.standing(),
          !trainedOn.same(),
          codeVersion(model.codeVersion(), task));
    }
  }

  private static Fitted statistics(
      JobContext context, TrainedModel model, List<Example> train, List<Example> test) {
    StatisticsBaseline baseline =
        StatisticsBaseline.fit(context.session(), train, model.config().seed());
    return new Fitted(agreement(test, baseline::predict), baseline.parameters());
  }

  private static Fitted network(
      JobContext context, TrainedModel model, ExampleSets weights, NetworkBaseline.Kind kind) {
    NetworkBaseline baseline = NetworkBaseline.fit(context.session(), model, weights, kind);
    return new Fitted(Prediction.agreement(baseline.predict(Split.TEST)), baseline.parameters());
  }

  private static Score meanPredictor(List<Example> train, List<Example> test) {
    double mean = train.stream().mapToDouble(Example::target).average().orElseThrow();
    return new Score("mean predictor", Score.Role.BASELINE, agreement(test, example -> mean), 1, 0);
  }

  private static Agreement agreement(List<Example> test, ToDoubleFunction<Example> predictor) {
    return Agreement.of(
        test.stream().mapToDouble(predictor).toArray(),
        test.stream().mapToDouble(Example::target).toArray());
  }

  private static Score timed(String name, java.util.function.Supplier<Fitted> fit) {
    long start = System.nanoTime();
    Fitted fitted = fit.get();
    double seconds = (System.nanoTime() - start) * 1e-9;
    return new Score(name, Score.Role.BASELINE, fitted.agreement(), fitted.parameters(), seconds);
  }

  private static String rounded(double value) {
    return String.format(java.util.Locale.ROOT, "%.3f", value);
  }

  /** A fitted baseline's result. */
  private record Fitted(Agreement agreement, long parameters) {}
}
