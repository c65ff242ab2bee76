package io.gradzoo.jobs.baseline;

import io.gradzoo.engine.metanet.baseline.DeepSetsSpec;
import io.gradzoo.engine.metanet.baseline.FlatMlpSpec;
import io.gradzoo.engine.metanet.baseline.PublishedStatNnSpec;
import io.gradzoo.engine.metanet.baseline.StatNnSpec;
import io.gradzoo.engine.network.Architecture;
import java.util.List;

/** Baselines that metanetworks are compared with. */
public enum Baseline {
  /** The mean of the training targets. */
  MEAN("mean predictor", Reads.WEIGHTS) {
    @Override
    List<Trial> trials(BaselineExamples examples, BaselineSetting setting, LearningAim aim) {
      return List.of(new MeanTrial());
    }
  },
  /** The shares of the classes among the training targets. */
  FREQUENCIES("class frequencies", Reads.WEIGHTS) {
    @Override
    List<Trial> trials(BaselineExamples examples, BaselineSetting setting, LearningAim aim) {
      return List.of(new FrequencyTrial(aim.outputs()));
    }
  },
  /** Gradient boosting on each tensor's statistics. */
  BOOSTING("StatNN, gradient boosting", Reads.STATISTICS) {
    @Override
    List<Trial> trials(BaselineExamples examples, BaselineSetting setting, LearningAim aim) {
      return BoostingTrial.all(setting.seed());
    }
  },
  /** The perceptron of the published comparisons, trained as there. */
  PUBLISHED("StatNN, as published", Reads.STATISTICS) {
    @Override
    List<Trial> trials(BaselineExamples examples, BaselineSetting setting, LearningAim aim) {
      return List.of(
          NetworkTrial.published(
              new PublishedStatNnSpec(tensors(examples)), examples.train().size(), setting.seed()));
    }
  },
  /** A small perceptron of them, trained as the model is. */
  STATNN("StatNN, perceptron", Reads.STATISTICS) {
    @Override
    List<Trial> trials(BaselineExamples examples, BaselineSetting setting, LearningAim aim) {
      return NetworkTrial.withRates(
          new StatNnSpec(tensors(examples), WIDTH, aim.outputs()), setting, aim);
    }
  },
  /** A perceptron of all parameters in their order. */
  FLAT_MLP("flat MLP", Reads.WEIGHTS) {
    @Override
    List<Trial> trials(BaselineExamples examples, BaselineSetting setting, LearningAim aim) {
      int inputs = examples.largest(Architecture::parameterCount);
      return NetworkTrial.withRates(new FlatMlpSpec(inputs, WIDTH, aim.outputs()), setting, aim);
    }
  },
  /** Each tensor as the set of its numbers. */
  DEEP_SETS("DeepSets", Reads.WEIGHTS) {
    @Override
    List<Trial> trials(BaselineExamples examples, BaselineSetting setting, LearningAim aim) {
      return NetworkTrial.withRates(
          new DeepSetsSpec(tensors(examples), SET_WIDTH, aim.outputs()), setting, aim);
    }
  };

  /** The inputs that a baseline uses. */
  enum Reads {
    WEIGHTS,
    /** {@link io.gradzoo.engine.metanet.baseline.WeightStatistics}. */
    STATISTICS
  }

  private static final int WIDTH = 64;
  private static final int SET_WIDTH = 16;

  private final String title;
  private final Reads reads;

  Baseline(String title, Reads reads) {
    this.title = title;
    this.reads = reads;
  }

  /** Its name in tables. */
  public String title() {
    return title;
  }

  Reads reads() {
    return reads;
  }

  /**
   * The settings that it tries.
   *
   * @param examples flat weights
   * @param setting of the metanetwork that it stands beside
   * @param aim what it learns
   */
  abstract List<Trial> trials(BaselineExamples examples, BaselineSetting setting, LearningAim aim);

  private static int tensors(BaselineExamples examples) {
    return examples.largest(architecture -> architecture.tensors().size());
  }
}
