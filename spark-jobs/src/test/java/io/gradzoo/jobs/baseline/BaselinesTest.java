package io.gradzoo.jobs.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.GaussianNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.optimize.LearningRateSchedule;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.testing.SharedSession;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** Networks whose target is a function of the spread of their last layer. */
class BaselinesTest {
  private static final LayeredArchitecture NETWORK =
      LayeredArchitecture.parse("relu:4:dense6:dense3");

  @Test
  void everyBaselineTriesItsSettingsAndKeepsTheOneThatRanksTheValidationSplitBest() {
    BaselineExamples examples = examples(1);
    List<BaselineResult> results = fit(examples, 4);

    assertThat(results)
        .extracting(BaselineResult::name)
        .containsExactlyElementsOf(
            Arrays.stream(Baseline.values())
                .filter(baseline -> baseline != Baseline.FREQUENCIES)
                .map(Baseline::title)
                .toList());
    assertThat(results).extracting(BaselineResult::settings).containsExactly(1, 8, 1, 4, 4, 4);
    assertThat(results).allMatch(result -> result.test().size() == 20);
    assertThat(Prediction.agreement(results.get(1).test()).tau())
        .as("boosting of what tells the target")
        .isGreaterThan(0.7);
    List<Trial> trials =
        Baseline.BOOSTING.trials(examples, setting(examples, 4), LearningAim.SHARES);
    Trial.Fitted best = null;
    for (Trial trial : trials) {
      Trial.Fitted fitted = trial.fit(examples.statistics());
      best = best == null || tau(fitted) > tau(best) ? fitted : best;
    }
    assertThat(results.get(1).test()).isEqualTo(best.test());
    assertThat(results.get(1).parameters()).isEqualTo(best.parameters());
  }

  @Test
  void aBaselineWhoseNumbersCeaseToBeFiniteIsShownAsThat() {
    List<BaselineResult> results = fit(examples(1e38f), 1);

    BaselineResult flat = results.get(List.of(Baseline.values()).indexOf(Baseline.FLAT_MLP));
    assertThat(flat.settings()).isEqualTo(2);
    assertThat(flat.test()).hasSize(20).noneMatch(Prediction::finite);
    assertThat(results.get(0).test()).allMatch(Prediction::finite);
  }

  private static double tau(Trial.Fitted fitted) {
    return Prediction.agreement(fitted.validation()).tau();
  }

  private static List<BaselineResult> fit(BaselineExamples examples, int settingsTried) {
    return Baselines.fit(setting(examples, settingsTried));
  }

  private static BaselineSetting setting(BaselineExamples examples, int settingsTried) {
    LearningRateSchedule.Decay constant = LearningRateSchedule.Decay.CONSTANT;
    TrainingSettings training =
        new TrainingSettings(2, 3, 5, 8, OptimizerKind.ADAMW, 0.003, constant, 0, 0.01, 10, 1);
    return new BaselineSetting(
        JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext()),
        Progress.to(new PrintStream(OutputStream.nullOutputStream())),
        split ->
            switch (split) {
              case TRAIN -> examples.train();
              case VALIDATION -> examples.validation();
              case TEST -> examples.test();
            },
        training,
        settingsTried,
        1,
        Optional.empty(),
        5);
  }

  private static BaselineExamples examples(float scale) {
    List<Example> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      float[] weights = GaussianNetwork.parameters(NETWORK, i);
      double spread = 0.1 + 0.008 * (i * 37 % 100);
      for (int k = 0; k < weights.length; k++) {
        weights[k] *= (float) (scale * spread);
      }
      all.add(new Example("m%03d".formatted(i), NETWORK, ExampleParts.ofWeights(weights), spread));
    }
    return new BaselineExamples(
        List.copyOf(all.subList(0, 60)),
        List.copyOf(all.subList(60, 80)),
        List.copyOf(all.subList(80, 100)));
  }
}
