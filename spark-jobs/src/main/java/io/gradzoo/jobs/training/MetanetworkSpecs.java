package io.gradzoo.jobs.training;

import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNet;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
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
    var network = (io.gradzoo.jobs.config.GradMetaNetConfig) model.network();
    return new GradMetaNet.Spec(
        new GradMetaNetConfig(
            config.gradients().probeSamples(),
            network.positionDimension(),
            network.width(),
            network.setLayers(),
            network.neuronLayers(),
            Reduction.MEAN,
            new GradMetaNetConfig.Head.Invariant(1)));
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
