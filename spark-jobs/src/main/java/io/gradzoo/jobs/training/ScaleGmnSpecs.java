package io.gradzoo.jobs.training;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Head;
import io.gradzoo.engine.metanet.scalegmn.Symmetry;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.config.ScaleGmnConfig;
import io.gradzoo.jobs.config.ScaleGmnConfig.HeadKind;
import io.gradzoo.jobs.config.ScaleGmnConfig.SymmetryChoice;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * From the config of a ScaleGMN to the engine's, for the target networks it will meet.
 *
 * @param model for messages
 */
record ScaleGmnSpecs(ModelConfig model, ScaleGmnConfig network) {

  /**
   * @throws GradzooException exit code 2 if the architectures differ in what its parameters depend
   *     on, or have not the symmetry it is to respect
   */
  ScaleGmn.Spec of(List<Architecture> architectures) {
    GraphLayout layout = layout(architectures);
    ScaleGmnConfig.Messages messages = network.messages();
    ScaleGmnConfig.Style style = network.style();
    return new ScaleGmn.Spec(
        new io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig(
            symmetry(architectures),
            messages.direction(),
            network.width(),
            network.layers(),
            head(layout),
            messages.canonicalization(),
            network.phases(),
            messages.boundary(),
            messages.messageNetworks(),
            messages.updateNetworks(),
            network.positions(),
            style.skipConnections(),
            style.layerNorm(),
            (float) style.dropout(),
            (float) style.mlpDropout(),
            network.compatibility()),
        layout);
  }

  void requirePredictor() {
    ScaleGmnConfig.Head head = network.head();
    if (head.kind() != HeadKind.INVARIANT || head.outputs() != 1) {
      throw GradzooException.usage(
          Fault.of("models.%s.scalegmn", model.name())
              .expected("head = invariant with outputs = 1 to predict test accuracy")
              .found(
                  "head = %s with outputs = %d",
                  head.kind().name().toLowerCase(Locale.ROOT), head.outputs()));
    }
  }

  private Head head(GraphLayout layout) {
    ScaleGmnConfig.Head head = network.head();
    return switch (head.kind()) {
      case INVARIANT -> new Head.Invariant(head.readout(), head.outputs());
      case PARAMETER_DELTAS -> new Head.ParameterDeltas((float) head.initialScale());
      case GRAPH_DELTAS -> new Head.GraphDeltas(layout.edgeWidth());
    };
  }

  /** The configured group, or the one that all the networks' activations allow. */
  private Symmetry symmetry(List<Architecture> architectures) {
    Set<Activation> activations =
        architectures.stream().map(Architecture::activation).collect(toCollection(TreeSet::new));
    boolean relu = activations.contains(Activation.RELU);
    boolean odd = activations.size() > (relu ? 1 : 0);
    Symmetry theirs = relu && odd ? Symmetry.HETERO : relu ? Symmetry.SCALE : Symmetry.SIGN;
    if (network.symmetry() == SymmetryChoice.AUTO) {
      return theirs;
    }
    Symmetry wanted = Symmetry.valueOf(network.symmetry().name());
    if (wanted == theirs || wanted == Symmetry.HETERO || wanted == Symmetry.PERMUTATION) {
      return wanted;
    }
    throw GradzooException.usage(
        Fault.of("models.%s.scalegmn.symmetry", model.name())
            .expected(
                "auto, %s, hetero or permutation for members with %s",
                theirs.name().toLowerCase(Locale.ROOT),
                activations.toString().toLowerCase(Locale.ROOT))
            .found(wanted.name().toLowerCase(Locale.ROOT)));
  }

  private GraphLayout layout(List<Architecture> architectures) {
    List<GraphLayout> layouts = architectures.stream().map(GraphLayout::of).toList();
    int kernel = layouts.stream().mapToInt(GraphLayout::kernel).max().orElseThrow();
    Set<GraphLayout> distinct =
        layouts.stream()
            .map(
                layout ->
                    new GraphLayout(layout.inputs(), layout.depth(), layout.outputs(), kernel))
            .collect(toSet());
    if (distinct.size() > 1) {
      throw GradzooException.usage(
          Fault.of("models." + model.name())
              .expected("members of one depth with equal inputs and outputs")
              .found(architectures)
              .fix("zoo.architectures"));
    }
    return distinct.iterator().next();
  }
}
