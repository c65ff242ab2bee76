package io.gradzoo.jobs.report;

import io.gradzoo.jobs.prediction.Agreement;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.prediction.Score;
import io.gradzoo.jobs.prediction.Score.Role;
import io.gradzoo.jobs.report.Report.AccuracyGroup;
import io.gradzoo.jobs.report.Report.Config;
import io.gradzoo.jobs.report.Report.Fact;
import io.gradzoo.jobs.report.Report.ModelResult;
import io.gradzoo.jobs.report.Report.StageTime;
import io.gradzoo.jobs.report.Report.ZooSummary;
import io.gradzoo.jobs.task.ModelResults;
import io.gradzoo.jobs.task.PredictionSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Reports with invented numbers. */
final class SampleReports {
  private SampleReports() {}

  /** What a run on a zoo of digit classifiers could look like. */
  static Report plausible() {
    return new Report(
        "digits: generalisation from gradients",
        List.of(
            metanetwork("GradMetaNet", 0.905, 0.961, 0.0212, 184_322, 412.7, 0.025, 1),
            metanetwork("ScaleGMN", 0.871, 0.934, 0.0297, 467_969, 1_184.2, 0.04, 2)),
        List.of(),
        new NetworkDetails(
            Map.of("m0", List.of(List.of("epoch", "20"), List.of("learning rate", "0.01")))),
        new ZooSummary(List.of(accuracies("relu", 3), accuracies("tanh", 4)), 1_987, 11, 2),
        List.of(
            new StageTime("zoo generate", 318.4),
            new StageTime("gradients compute", 96.2),
            new StageTime("train GradMetaNet", 412.7),
            new StageTime("train ScaleGMN", 1_184.2),
            new StageTime("evaluate", 7.31),
            new StageTime("report", 0.42)),
        List.of(
            new Fact("Gradzoo", "0.1.0"),
            new Fact("Spark", "3.5.7, local[4], 8 logical shards"),
            new Fact("Java", "17.0.15, Vector API with 512-bit lanes"),
            new Fact("kernels", "cpu"),
            new Fact("seed", "42")),
        new Config(
            "training {\n  rounds = 60\n  shards = 8\n  steps-per-round = 20\n}\n"
                + "zoo {\n  dataset = digits\n  members = 2000\n}\n",
            "5f2b7c1e9a30d4f6b8e1c2a7d9f04b3c6e8a1d5f7b9c2e4a6d8f0b1c3e5a7d9f"));
  }

  /** A report in which every text tries to become markup. */
  static Report hostile(String text) {
    return new Report(
        text,
        List.of(
            shown(
                text,
                text,
                text,
                List.of(score(text, Role.METANETWORK, agreement(0.5, 0.5, 0.1), 1, 1, 1)),
                List.of(Prediction.of("m", text, 0.1, 0.2)),
                List.of(new RoundMetrics(1, 1, 1, 1, tau(1))))),
        new ZooSummary(List.of(new AccuracyGroup(text, List.of(0.5))), 1, 0, 0),
        List.of(new StageTime(text, 1)),
        List.of(new Fact(text, text)),
        new Config(text, text));
  }

  /** A report of a run that has nothing to show yet. */
  static Report empty() {
    return new Report(
        "nothing",
        List.of(),
        new ZooSummary(List.of(), 0, 0, 0),
        List.of(),
        List.of(),
        new Config("", ""));
  }

  private static ModelResult metanetwork(
      String name,
      double tau,
      double r2,
      double error,
      long parameters,
      double seconds,
      double spread,
      long seed) {
    return shown(
        name,
        "test accuracy",
        "share of right answers",
        List.of(
            score(name, Role.METANETWORK, agreement(tau, r2, error), 4, parameters, seconds),
            score("weight statistics", Role.BASELINE, agreement(0.812, 0.874, 0.0418), 8, 57, 3.1),
            score("flat MLP", Role.BASELINE, agreement(0.664, 0.702, 0.0731), 4, 1_310_977, 88.4),
            score("mean", Role.BASELINE, agreement(Double.NaN, -0.0004, 0.1594), 1, 1, 0.002)),
        predictions(spread, seed),
        rounds(tau, seed));
  }

  private static ModelResult shown(
      String name,
      String target,
      String unit,
      List<Score> scores,
      List<Prediction> predictions,
      List<RoundMetrics> rounds) {
    return ModelResult.of(
        new ModelResults(name, target, unit, scores, predictions, rounds, file -> Optional.empty()),
        new PredictionSection());
  }

  private static Score score(
      String name, Role role, Agreement agreement, int settings, long parameters, double seconds) {
    return new Score(
        name, role, agreement, null, 0, settings, parameters, seconds, Map.of("bias", 0.25));
  }

  private static Agreement agreement(double tau, double r2, double error) {
    return new Agreement(tau, r2, error, error * error, null);
  }

  private static Agreement tau(double tau) {
    return agreement(tau, Double.NaN, Double.NaN);
  }

  private static List<Prediction> predictions(double spread, long seed) {
    Random random = new Random(seed);
    List<Prediction> points = new ArrayList<>();
    for (int i = 0; i < 397; i++) {
      double truth = accuracy(random);
      double noise = spread * random.nextGaussian() * (1.3 - truth);
      points.add(Prediction.of("m" + i, i % 2 == 0 ? "relu:4" : "tanh:4", truth, truth + noise));
    }
    return points;
  }

  private static List<RoundMetrics> rounds(double tau, long seed) {
    Random random = new Random(seed);
    List<RoundMetrics> rounds = new ArrayList<>();
    for (int round = 1; round <= 60; round++) {
      double decay = Math.exp(-round / 9.0);
      double train = 0.412 + 0.24 * decay + 0.003 * random.nextGaussian();
      double validation = 0.421 + 0.23 * decay + 0.004 * random.nextGaussian();
      double rank = tau - 0.005 - 0.7 * decay + 0.008 * random.nextGaussian();
      rounds.add(
          new RoundMetrics(
              round, round, train, validation, tau(round % 2 == 0 ? rank : Double.NaN)));
    }
    return rounds;
  }

  private static AccuracyGroup accuracies(String name, long seed) {
    Random random = new Random(seed);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 990; i++) {
      values.add(accuracy(random));
    }
    return new AccuracyGroup(name, values);
  }

  private static double accuracy(Random random) {
    return random.nextInt(8) == 0
        ? 0.1 + 0.02 * Math.abs(random.nextGaussian())
        : 0.975
            - 0.28 * Math.pow(random.nextDouble(), 2.2)
            - 0.02 * Math.abs(random.nextGaussian());
  }
}
