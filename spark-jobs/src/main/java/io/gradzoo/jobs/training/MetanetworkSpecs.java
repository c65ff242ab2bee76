package io.gradzoo.jobs.training;

import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNet;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig;
import io.gradzoo.engine.metanet.scalegmn.Symmetry;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** From a model's config to the metanetwork it asks for, for the architectures it will meet. */
final class MetanetworkSpecs {
  private MetanetworkSpecs() {}

  /**
   * @param architectures text forms of the target networks
   * @throws GradzooException exit code 2 if one metanetwork cannot serve them all
   */
  static MetanetworkSpec of(GradzooConfig config, ModelConfig model, List<String> architectures) {
    List<Architecture> parsed = architectures.stream().map(Architecture::parse).toList();
    if (model.network() instanceof io.gradzoo.jobs.config.ScaleGmnConfig network) {
      return new ScaleGmn.Spec(scaleGmn(network, parsed), layout(model, parsed));
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

  private static ScaleGmnConfig scaleGmn(
      io.gradzoo.jobs.config.ScaleGmnConfig network, List<Architecture> architectures) {
    ScaleGmnConfig.Readout readout = ScaleGmnConfig.Readout.valueOf(network.readout().name());
    return new ScaleGmnConfig(
        symmetry(architectures),
        ScaleGmnConfig.Direction.FORWARD,
        network.width(),
        network.layers(),
        new ScaleGmnConfig.Head.Invariant(readout, 1),
        ScaleGmnConfig.Canonicalization.SYMMETRIZED,
        ScaleGmnConfig.Boundary.PERCEPTRON,
        2,
        2,
        ScaleGmnConfig.Positions.DEFAULT,
        false,
        network.layerNorm(),
        0f,
        0f,
        ScaleGmnConfig.Compatibility.EXACT);
  }

  /**
   * The group that all the networks' activations allow, or each network's own where they differ.
   */
  private static Symmetry symmetry(List<Architecture> architectures) {
    Set<Activation> activations =
        architectures.stream()
            .map(Architecture::activation)
            .collect(Collectors.toCollection(TreeSet::new));
    if (activations.equals(Set.of(Activation.RELU))) {
      return Symmetry.SCALE;
    }
    return activations.contains(Activation.RELU) ? Symmetry.HETERO : Symmetry.SIGN;
  }

  private static GraphLayout layout(ModelConfig model, List<Architecture> architectures) {
    List<GraphLayout> layouts = architectures.stream().map(GraphLayout::of).toList();
    int kernel = layouts.stream().mapToInt(GraphLayout::kernel).max().orElseThrow();
    Set<GraphLayout> distinct =
        layouts.stream()
            .map(
                layout ->
                    new GraphLayout(layout.inputs(), layout.depth(), layout.outputs(), kernel))
            .collect(Collectors.toSet());
    if (distinct.size() > 1) {
      throw GradzooException.usage(
          "models."
              + model.name()
              + ": expected members of one depth with equal inputs and outputs, found "
              + architectures
              + " (fix: zoo.architectures)");
    }
    return distinct.iterator().next();
  }
}
