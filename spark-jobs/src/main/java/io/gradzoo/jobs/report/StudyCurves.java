package io.gradzoo.jobs.report;

import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.curvature.Study;
import io.gradzoo.jobs.run.RunDirectory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** From a study's file to what is drawn of it. */
final class StudyCurves {
  private StudyCurves() {}

  static Report.EstimatorComparison of(JobContext context, RunDirectory run) {
    String name = run.place(Study.FILE);
    Study study = Study.parse(name, run.read(Study.FILE));
    CurrentRun.require(context, run, study);
    List<Integer> sizes = study.learners().get(0).sizes();
    List<Report.Curve> curves = new ArrayList<>();
    for (Study.FixedEstimator estimator : study.estimators()) {
      double error = estimator.error();
      List<Report.CurvePoint> points =
          sizes.stream().map(size -> new Report.CurvePoint(size, error, error, error)).toList();
      curves.add(new Report.Curve(estimator.name(), 1, 0, points));
    }
    for (Study.Learner learner : study.learners()) {
      List<Report.CurvePoint> points = sizes.stream().map(size -> point(learner, size)).toList();
      curves.add(
          new Report.Curve(learner.name(), learner.settingsTried(), learner.parameters(), points));
    }
    return new Report.EstimatorComparison(study.testNetworks(), curves);
  }

  private static Report.CurvePoint point(Study.Learner learner, int size) {
    List<Double> errors = learner.errors(size);
    return new Report.CurvePoint(
        size, learner.mean(size), Collections.min(errors), Collections.max(errors));
  }
}
