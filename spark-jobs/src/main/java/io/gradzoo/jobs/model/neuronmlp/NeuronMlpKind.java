package io.gradzoo.jobs.model.neuronmlp;

import static io.gradzoo.jobs.model.SymmetryPromise.notices;
import static io.gradzoo.jobs.model.SymmetryPromise.respects;

import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.gradmetanet.NeuronMlpSpec;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.family.Transformation;
import io.gradzoo.jobs.model.GradientInput;
import io.gradzoo.jobs.model.MetanetworkDesign;
import io.gradzoo.jobs.model.MetanetworkKind;
import io.gradzoo.jobs.model.NeuronPairs;
import io.gradzoo.jobs.model.SymmetryPromise;
import io.gradzoo.jobs.model.TargetNetworks;
import io.gradzoo.jobs.task.OutputShape;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A perceptron of each neuron, averaged over the set, and a product layer: a baseline for Fisher
 * diagonals.
 */
public final class NeuronMlpKind implements MetanetworkKind {
  private static final String NAME = "neuron_mlp";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public MemberUse uses() {
    return MemberUse.FACTORS;
  }

  @Override
  public Set<OutputShape> outputs() {
    return Set.of(OutputShape.EVERY_PARAMETER);
  }

  @Override
  public MetanetworkDesign read(Section model) {
    Section section = model.section(NAME);
    NeuronMlpDesign design =
        new NeuronMlpDesign(
            section.count("width", 1, 4096), section.evenCount("position-dimension", 2, 4096));
    section.finish();
    return design;
  }

  /**
   * Its design.
   *
   * @param width of all hidden features
   * @param positionWidth width of the position code, even
   */
  private record NeuronMlpDesign(int width, int positionWidth) implements MetanetworkDesign {
    @Override
    public Optional<GradientInput> gradients(int samples) {
      return Optional.of(new NeuronPairs(samples));
    }

    @Override
    public MetanetworkSpec spec(TargetNetworks targets) {
      return new NeuronMlpSpec(targets.samples(), positionWidth, width);
    }

    @Override
    public List<SymmetryPromise> symmetries(TargetNetworks targets) {
      return List.of(
          respects(Transformation.PERMUTATION),
          respects(Transformation.SET_ORDER),
          notices(Transformation.RESCALING));
    }
  }
}
