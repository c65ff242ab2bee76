package io.gradzoo.jobs.evaluation;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.metanet.curvature.SampleReweighting;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.curvature.Estimator;
import io.gradzoo.jobs.curvature.ReweightingFit;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.MemberSplits;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.run.TrainedOn;
import io.gradzoo.jobs.task.PredictionTask;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Judges a model that predicts curvature, beside estimators that learn nothing and, of a diagonal,
 * the reweighting of samples by least squares. Errors are over all entries; the squared one is
 * given in squared deviations of the training targets too.
 */
final class CurvatureEvaluation {
  private CurvatureEvaluation() {}

  static Evaluation of(
      JobContext context,
      RunDirectory run,
      TrainedModel model,
      TaskExamples task,
      TrainedOn trainedOn) {
    MemberSplits own = trainedOn.known("evaluate " + model.model().name());
    try (ExampleSets inputs = task.inputs(model.statistics(), EnumSet.of(Split.TEST));
        ExampleSets raw = task.gradientSets(EnumSet.allOf(Split.class))) {
      if (inputs.count(Split.TEST) < 2) {
        throw task.empty("evaluate " + model.model().name(), Split.TEST);
      }
      model.requireReadable(inputs.architectures(Split.TEST));
      TargetStatistics targets = model.statistics().targets();
      List<Prediction> predictions = model.predict(context.session(), inputs, Split.TEST);
      List<Score> scores = new ArrayList<>();
      scores.add(Score.of(model, predictions, run.trainingSeconds()));
      List<Example> test = raw.collect(Split.TEST);
      for (Estimator estimator : Estimator.values()) {
        List<Prediction> estimates =
            test.stream().map(e -> estimate(estimator, e, model.model().task())).toList();
        scores.add(Score.baseline(estimator.title(), estimates, 1, 0, 0));
      }
      if (model.model().task() == PredictionTask.FISHER_DIAGONAL
          && SampleReweighting.reads(raw.architectures(Split.TRAIN))) {
        scores.add(reweighting(raw, test, targets));
      }
      return Evaluation.of(
          model.model(),
          own.train().count(),
          own.validation().count(),
          scores.stream().map(score -> score.inDeviations(targets.deviation())).toList(),
          predictions,
          trainedOn.standing(),
          !trainedOn.same(),
          EvaluationJob.codeVersion(model.codeVersion(), task));
    }
  }

  private static Score reweighting(ExampleSets raw, List<Example> test, TargetStatistics targets) {
    long start = System.nanoTime();
    SampleReweighting fitted =
        ReweightingFit.of(raw.collect(Split.TRAIN), raw.collect(Split.VALIDATION), targets);
    double seconds = (System.nanoTime() - start) * 1e-9;
    List<Prediction> estimates =
        test.stream().map(e -> prediction(e, ReweightingFit.estimate(fitted, e))).toList();
    return Score.baseline(
        ReweightingFit.NAME, estimates, ReweightingFit.SETTINGS, fitted.parameters(), seconds);
  }

  private static Prediction prediction(Example example, float[] estimate) {
    return Prediction.of(example.id(), example.architecture(), example.targets(), estimate);
  }

  private static Prediction estimate(Estimator estimator, Example example, PredictionTask task) {
    float[] diagonal = estimator.of(example);
    float[] estimate =
        task == PredictionTask.FISHER_DIAGONAL ? diagonal : new float[] {trace(diagonal)};
    return prediction(example, estimate);
  }

  private static float trace(float[] diagonal) {
    double sum = 0;
    for (float entry : diagonal) {
      sum += entry;
    }
    return (float) sum;
  }
}
