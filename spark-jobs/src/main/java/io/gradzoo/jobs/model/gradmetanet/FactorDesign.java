package io.gradzoo.jobs.model.gradmetanet;

import static io.gradzoo.jobs.model.SymmetryPromise.notices;
import static io.gradzoo.jobs.model.SymmetryPromise.respects;

import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig.ThetaInput;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetHead;
import io.gradzoo.jobs.family.Transformation;
import io.gradzoo.jobs.model.GradientInput;
import io.gradzoo.jobs.model.MetanetworkDesign;
import io.gradzoo.jobs.model.NeuronPairs;
import io.gradzoo.jobs.model.SymmetryPromise;
import io.gradzoo.jobs.model.TargetNetworks;
import io.gradzoo.jobs.task.OutputShape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A GradMetaNet of some kind by itself, on (a, g) of every neuron.
 *
 * @param network as its block asks for it
 */
public record FactorDesign(FactorNetwork network) implements MetanetworkDesign {
  @Override
  public Optional<GradientInput> gradients(int samples) {
    return Optional.of(new NeuronPairs(samples));
  }

  @Override
  public MetanetworkSpec spec(TargetNetworks targets) {
    return network.sizes().with(targets.samples(), head(targets));
  }

  @Override
  public List<SymmetryPromise> symmetries(TargetNetworks targets) {
    return List.of(
        respects(Transformation.PERMUTATION),
        respects(Transformation.SET_ORDER),
        notices(Transformation.RESCALING));
  }

  @Override
  public boolean reweightsEstimate() {
    return network.estimate() == BaseEstimate.REWEIGHTED;
  }

  private GradMetaNetHead head(TargetNetworks targets) {
    if (reweightsEstimate()) {
      return new GradMetaNetHead.Reweighting(inputs(targets));
    }
    return targets.output() == OutputShape.EVERY_PARAMETER
        ? new GradMetaNetHead.Product(1, ThetaInput.NONE)
        : new GradMetaNetHead.InvariantVector(targets.numbers());
  }

  private static int inputs(TargetNetworks targets) {
    return targets.only(
        targets.layered().stream()
            .map(architecture -> architecture.input().size())
            .collect(Collectors.toSet()),
        "members of one count of inputs with estimate = reweighted",
        targets.architectures());
  }
}
