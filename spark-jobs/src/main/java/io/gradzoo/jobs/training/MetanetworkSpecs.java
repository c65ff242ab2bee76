package io.gradzoo.jobs.training;

import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.baseline.GradientDeepSets;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNet;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlus;
import io.gradzoo.engine.metanet.gradmetanet.NeuronMlp;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.GradMetaNetPlusPlusConfig;
import io.gradzoo.jobs.config.GradientDeepSetsConfig;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.config.NeuronMlpConfig;
import io.gradzoo.jobs.config.PredictionTask;
import io.gradzoo.jobs.config.ScaleGmnConfig;
import java.util.List;

/** From a model's config to the metanetwork it asks for, for the architectures it will meet. */
public final class MetanetworkSpecs {
  private MetanetworkSpecs() {}

  /**
   * The metanetwork that a model's block asks for.
   *
   * @param architectures text forms of the target networks
   * @throws GradzooException exit code 2 if one metanetwork cannot serve them all
   */
  public static MetanetworkSpec of(
      GradzooConfig config, ModelConfig model, List<String> architectures) {
    if (model.network() instanceof ScaleGmnConfig network) {
      return new ScaleGmnSpecs(model, network)
          .of(architectures.stream().map(Architecture::parse).toList());
    }
    int setSize = config.gradients().probeSamples();
    if (model.network() instanceof GradientDeepSetsConfig network) {
      return new GradientDeepSets.Spec(only(model, architectures), setSize, network.width());
    }
    if (model.network() instanceof NeuronMlpConfig network) {
      return new NeuronMlp.Spec(setSize, network.positionDimension(), network.width());
    }
    if (model.network() instanceof GradMetaNetPlusPlusConfig network) {
      return new GradMetaNetPlusPlus.Spec(
          new io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlusConfig(
              setSize,
              network.positionDimension(),
              network.width(),
              network.blocks(),
              network.heads(),
              Reduction.MEAN,
              head(model, architectures)));
    }
    var network = (io.gradzoo.jobs.config.GradMetaNetConfig) model.network();
    return new GradMetaNet.Spec(
        new GradMetaNetConfig(
            setSize,
            network.positionDimension(),
            network.width(),
            network.setLayers(),
            network.neuronLayers(),
            Reduction.MEAN,
            head(model, architectures)));
  }

  /** One number for each parameter, or one in all; or weights of samples. */
  private static GradMetaNetConfig.Head head(ModelConfig model, List<String> architectures) {
    if (model.reweightsEstimate()) {
      return new GradMetaNetConfig.Head.Reweighting(inputs(model, architectures));
    }
    return model.task() == PredictionTask.FISHER_DIAGONAL
        ? new GradMetaNetConfig.Head.Product(1, GradMetaNetConfig.ThetaInput.NONE)
        : new GradMetaNetConfig.Head.Invariant(1);
  }

  private static int inputs(ModelConfig model, List<String> architectures) {
    List<Integer> counts =
        architectures.stream().map(id -> Architecture.parse(id).input().size()).distinct().toList();
    if (counts.size() != 1) {
      throw GradzooException.usage(
          "models.%s: expected members of one count of inputs with estimate = reweighted, found %s (fix: zoo.architectures)"
              .formatted(model.name(), architectures));
    }
    return counts.get(0);
  }

  private static String only(ModelConfig model, List<String> architectures) {
    if (architectures.size() != 1) {
      throw GradzooException.usage(
          "models.%s: expected members of one architecture, found %s (fix: zoo.architectures)"
              .formatted(model.name(), architectures));
    }
    return architectures.get(0);
  }

  /**
   * What the outputs of a model are read as.
   *
   * @param targets statistics of the training targets; null for accuracies
   */
  static Objective objective(ModelConfig model, TargetStatistics targets) {
    return objective(model.task(), model.reweightsEstimate(), targets);
  }

  /** Likewise, of a model with such a task. */
  static Objective objective(PredictionTask task, boolean reweights, TargetStatistics targets) {
    if (!task.curvature()) {
      return new Objective.Share();
    }
    return reweights ? new Objective.Unscaled(targets) : new Objective.Standardized(targets);
  }

  /**
   * Refuses a model whose results are no prediction of an accuracy: one number for each member.
   *
   * @throws GradzooException exit code 2
   */
  static void requirePredictor(ModelConfig model) {
    if (model.network() instanceof ScaleGmnConfig network) {
      new ScaleGmnSpecs(model, network).requirePredictor();
    }
  }
}
