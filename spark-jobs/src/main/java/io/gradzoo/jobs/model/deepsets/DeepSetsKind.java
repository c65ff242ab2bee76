package io.gradzoo.jobs.model.deepsets;

import static io.gradzoo.jobs.model.SymmetryPromise.notices;
import static io.gradzoo.jobs.model.SymmetryPromise.respects;

import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.baseline.GradientDeepSetsSpec;
import io.gradzoo.engine.network.LayeredArchitecture;
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

/** DeepSets on gradient sets, blind to permutations of neurons: a baseline for Fisher diagonals. */
public final class DeepSetsKind implements MetanetworkKind {
  private static final String NAME = "gradient_deep_sets";

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
    DeepSetsDesign design = new DeepSetsDesign(section.count("width", 1, 4096));
    section.finish();
    return design;
  }

  /**
   * Its design.
   *
   * @param width of all hidden features
   */
  private record DeepSetsDesign(int width) implements MetanetworkDesign {
    @Override
    public Optional<GradientInput> gradients(int samples) {
      return Optional.of(new NeuronPairs(samples));
    }

    @Override
    public MetanetworkSpec spec(TargetNetworks targets) {
      LayeredArchitecture architecture =
          targets.only(targets.layered(), "members of one architecture", targets.architectures());
      return new GradientDeepSetsSpec(architecture, targets.samples(), width);
    }

    @Override
    public List<SymmetryPromise> symmetries(TargetNetworks targets) {
      return List.of(
          notices(Transformation.PERMUTATION),
          respects(Transformation.SET_ORDER),
          notices(Transformation.RESCALING));
    }
  }
}
