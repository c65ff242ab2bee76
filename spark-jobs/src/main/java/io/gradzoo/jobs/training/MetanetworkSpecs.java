package io.gradzoo.jobs.training;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.baseline.GradientDeepSets;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNet;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig.Head;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig.ThetaInput;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConvolution;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlus;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlusConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradientNetworkConfig;
import io.gradzoo.engine.metanet.gradmetanet.NeuronMlp;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.metanet.gradmetanet.TransformerGradMetaNet;
import io.gradzoo.engine.metanet.hybrid.HybridMetanet;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.GradMetaNetConvolutionConfig;
import io.gradzoo.jobs.config.GradMetaNetTransformerConfig;
import io.gradzoo.jobs.config.GradientDeepSetsConfig;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.HybridConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.config.NeuronMlpConfig;
import io.gradzoo.jobs.config.ScaleGmnConfig;
import io.gradzoo.jobs.task.PredictionTask;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
      return new ScaleGmnSpecs(model, network).of(parsed(architectures));
    }
    int setSize = config.gradients().probeSamples();
    if (model.network() instanceof GradientDeepSetsConfig network) {
      return new GradientDeepSets.Spec(only(model, architectures), setSize, network.width());
    }
    if (model.network() instanceof NeuronMlpConfig network) {
      return new NeuronMlp.Spec(setSize, network.positionDimension(), network.width());
    }
    if (model.network() instanceof GradMetaNetConvolutionConfig network) {
      return convolution(model, network, setSize, architectures);
    }
    if (model.network() instanceof GradMetaNetTransformerConfig network) {
      return transformer(model, network, setSize, architectures);
    }
    if (model.network() instanceof HybridConfig network) {
      Head features = new Head.Product(network.features(), ThetaInput.NONE);
      ScaleGmn.Spec graph = new ScaleGmnSpecs(model, network.graph()).of(parsed(architectures));
      return new HybridMetanet.Spec(
          gradientNetwork(network.gradients(), setSize, features), graph.config(), graph.graph());
    }
    GradientNetworkConfig network =
        gradientNetwork(
            (io.gradzoo.jobs.config.GradientNetworkConfig) model.network(),
            setSize,
            head(model, architectures));
    return network instanceof GradMetaNetPlusPlusConfig plusPlus
        ? new GradMetaNetPlusPlus.Spec(plusPlus)
        : new GradMetaNet.Spec((GradMetaNetConfig) network);
  }

  private static GradientNetworkConfig gradientNetwork(
      io.gradzoo.jobs.config.GradientNetworkConfig config, int setSize, Head head) {
    if (config instanceof io.gradzoo.jobs.config.GradMetaNetPlusPlusConfig network) {
      return new GradMetaNetPlusPlusConfig(
          setSize,
          network.positionDimension(),
          network.width(),
          network.blocks(),
          network.heads(),
          Reduction.MEAN,
          head);
    }
    var network = (io.gradzoo.jobs.config.GradMetaNetConfig) config;
    return new GradMetaNetConfig(
        setSize,
        network.positionDimension(),
        network.width(),
        network.setLayers(),
        network.neuronLayers(),
        Reduction.MEAN,
        head);
  }

  private static MetanetworkSpec convolution(
      ModelConfig model,
      GradMetaNetConvolutionConfig network,
      int setSize,
      List<String> architectures) {
    Set<Integer> kernels = new TreeSet<>();
    for (Architecture architecture : parsed(architectures)) {
      architecture.affineLayers().stream()
          .filter(AffineLayer::convolution)
          .forEach(layer -> kernels.add(layer.kernel()));
    }
    if (kernels.size() != 1) {
      throw GradzooException.usage(
          Fault.of("models." + model.name())
              .expected("members with kernels of one side")
              .found("sides %s", kernels)
              .fix("zoo.architectures"));
    }
    int width = network.width();
    return new GradMetaNetConvolution.Spec(
        new io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConvolutionConfig(
            setSize,
            kernels.iterator().next(),
            network.positionDimension(),
            width,
            network.tokenWidth(),
            width,
            network.setLayers(),
            network.neuronLayers(),
            width,
            width,
            Reduction.MEAN,
            head(model, architectures)));
  }

  private static MetanetworkSpec transformer(
      ModelConfig model,
      GradMetaNetTransformerConfig network,
      int setSize,
      List<String> architectures) {
    Set<Integer> blocks = new TreeSet<>();
    architectures.forEach(id -> blocks.add(TransformerArchitecture.parse(id).blocks()));
    if (blocks.size() != 1) {
      throw GradzooException.usage(
          Fault.of("models." + model.name())
              .expected("members of one number of blocks")
              .found(blocks)
              .fix("zoo.architectures"));
    }
    return new TransformerGradMetaNet.Spec(
        new GradMetaNetConfig(
            setSize,
            network.positionDimension(),
            network.width(),
            network.setLayers(),
            network.neuronLayers(),
            Reduction.MEAN,
            head(model, architectures)),
        blocks.iterator().next());
  }

  private static List<Architecture> parsed(List<String> architectures) {
    return architectures.stream().map(Architecture::parse).toList();
  }

  /** One number for each parameter, or one in all; or weights of samples. */
  private static Head head(ModelConfig model, List<String> architectures) {
    if (model.reweightsEstimate()) {
      return new Head.Reweighting(inputs(model, architectures));
    }
    return model.task() == PredictionTask.FISHER_DIAGONAL
        ? new Head.Product(1, ThetaInput.NONE)
        : new Head.Invariant(1);
  }

  private static int inputs(ModelConfig model, List<String> architectures) {
    List<Integer> counts =
        architectures.stream().map(id -> Architecture.parse(id).input().size()).distinct().toList();
    if (counts.size() != 1) {
      throw GradzooException.usage(
          Fault.of("models." + model.name())
              .expected("members of one count of inputs with estimate = reweighted")
              .found(architectures)
              .fix("zoo.architectures"));
    }
    return counts.get(0);
  }

  private static String only(ModelConfig model, List<String> architectures) {
    if (architectures.size() != 1) {
      throw GradzooException.usage(
          Fault.of("models." + model.name())
              .expected("members of one architecture")
              .found(architectures)
              .fix("zoo.architectures"));
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
    } else if (model.network() instanceof HybridConfig network) {
      new ScaleGmnSpecs(model, network.graph()).requirePredictor();
    }
  }
}
