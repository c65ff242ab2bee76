package io.gradzoo.jobs.model.scalegmn;

import static io.gradzoo.jobs.model.SymmetryPromise.notices;
import static io.gradzoo.jobs.model.SymmetryPromise.respects;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Phases;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnSpec;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.Transformation;
import io.gradzoo.jobs.model.MetanetworkDesign;
import io.gradzoo.jobs.model.SymmetryPromise;
import io.gradzoo.jobs.model.TargetNetworks;
import io.gradzoo.jobs.task.MetanetworkTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A ScaleGMN as its block asks for it.
 *
 * @param symmetry the group it is to respect
 * @param phases how the phases of sine members are read
 * @param head what it computes
 * @param sizes all else that shapes the network
 */
public record ScaleGmnDesign(
    SymmetryChoice symmetry, Phases phases, HeadChoice head, ScaleGmnSizes sizes)
    implements MetanetworkDesign {

  /**
   * Reads the network's block and ends its reading.
   *
   * @param section the block itself
   */
  public static ScaleGmnDesign read(Section section) {
    SymmetryChoice symmetry = section.choice("symmetry", SymmetryChoice.class);
    HeadChoice head = HeadChoice.read(section);
    Phases phases = section.choice("phases", Phases.class);
    ScaleGmnSizes sizes = ScaleGmnSizes.read(section, phases);
    if (symmetry == SymmetryChoice.PERMUTATION && sizes.encodings()) {
      section.problem(
          "symmetry",
          Fault.here()
              .expected(
                  "both positions.in-messages and positions.in-updates false with permutation,"
                      + " which has no place for them"));
    }
    if (phases == Phases.CANONICAL && !head.invariant()) {
      section.problem("phases", Fault.here().found("canonical phases need head = invariant"));
    }
    section.finish();
    return new ScaleGmnDesign(symmetry, phases, head, sizes);
  }

  /**
   * The network for the networks it will meet.
   *
   * @throws GradzooException exit code 2 if the architectures differ in what its parameters depend
   *     on, or have not the symmetry it is to respect
   */
  @Override
  public ScaleGmnSpec spec(TargetNetworks targets) {
    GraphLayout layout = layout(targets);
    return new ScaleGmnSpec(
        sizes.with(group(targets), head.build(layout, targets.numbers())), layout);
  }

  /** What is promised of changes of weights. */
  @Override
  public List<SymmetryPromise> symmetries(TargetNetworks targets) {
    List<SymmetryPromise> promises = new ArrayList<>();
    promises.add(respects(Transformation.PERMUTATION));
    if (respectsRescalings()) {
      promises.add(respects(Transformation.RESCALING));
      promises.add(respects(Transformation.PERMUTATION_AND_RESCALING));
      promises.add(notices(Transformation.FOREIGN_RESCALING));
    } else {
      promises.add(notices(Transformation.RESCALING));
    }
    promises.add(
        phases == Phases.CANONICAL
            ? respects(Transformation.PHASE_SHIFT)
            : notices(Transformation.PHASE_SHIFT));
    return promises;
  }

  /** Whether it respects more than permutations. */
  public boolean respectsRescalings() {
    return symmetry != SymmetryChoice.PERMUTATION;
  }

  @Override
  public void requireOutput(String model, MetanetworkTask task) {
    head.requireOutput(model, task);
  }

  /** The configured group, or the one that all the networks' activations allow. */
  private RescalingGroup group(TargetNetworks targets) {
    Set<Activation> activations =
        targets.layered().stream()
            .map(LayeredArchitecture::activation)
            .collect(toCollection(TreeSet::new));
    boolean relu = activations.contains(Activation.RELU);
    boolean odd = activations.size() > (relu ? 1 : 0);
    RescalingGroup theirs =
        relu && odd ? RescalingGroup.HETERO : relu ? RescalingGroup.SCALE : RescalingGroup.SIGN;
    if (symmetry == SymmetryChoice.AUTO) {
      return theirs;
    }
    RescalingGroup wanted = RescalingGroup.valueOf(symmetry.name());
    if (wanted == theirs
        || wanted == RescalingGroup.HETERO
        || wanted == RescalingGroup.PERMUTATION) {
      return wanted;
    }
    throw GradzooException.usage(
        Fault.of("models.%s.%s.symmetry", targets.model(), ScaleGmnKind.BLOCK)
            .expected(
                "auto, %s, hetero or permutation for members with %s",
                theirs.name().toLowerCase(Locale.ROOT),
                activations.toString().toLowerCase(Locale.ROOT))
            .found(wanted.name().toLowerCase(Locale.ROOT)));
  }

  private static GraphLayout layout(TargetNetworks targets) {
    List<GraphLayout> layouts = targets.layered().stream().map(GraphLayout::of).toList();
    int kernel = layouts.stream().mapToInt(GraphLayout::kernel).max().orElseThrow();
    Set<GraphLayout> distinct =
        layouts.stream()
            .map(
                layout ->
                    new GraphLayout(layout.inputs(), layout.depth(), layout.outputs(), kernel))
            .collect(toSet());
    return targets.only(
        distinct, "members of one depth with equal inputs and outputs", targets.layered());
  }
}
