package io.gradzoo.jobs.gradients;

import io.gradzoo.datasets.split.StableHash;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.PointMixture;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.table.GradientSetsTable;
import java.io.Serializable;
import java.util.List;

/** The probe sets that a zoo's gradient sets are taken on. */
sealed interface Probes extends Serializable {

  /**
   * The probe sets of a member, the one that metanetworks read first.
   *
   * @param inputs numbers that the member reads
   */
  List<Assigned> assign(String memberId, int inputs);

  /**
   * Numbers of a sample that members of an architecture read.
   *
   * @throws GradzooException exit code 2 if it reads nothing of the kind
   */
  int inputs(Architecture architecture);

  /** What tells the samples from others. */
  String identity();

  /** How many samples each member's sets have, in the same order. */
  List<Size> sizes();

  /**
   * A probe set's size.
   *
   * @param role of the gradient set
   */
  record Size(String role, int samples) {
    boolean keepsFactors() {
      return role.equals(GradientSetsTable.INPUT);
    }
  }

  /**
   * A probe set and what it is for.
   *
   * @param role of the gradient set, as {@code gradient_sets} names it
   * @param set its samples
   */
  record Assigned(String role, ProbeSet set) {
    /** Whether the factors of its gradients are kept, and not the moments alone. */
    boolean keepsFactors() {
      return role.equals(GradientSetsTable.INPUT);
    }
  }

  /** The same samples for all members. */
  record Shared(ProbeSet set) implements Probes {
    @Override
    public String identity() {
      return set.id();
    }

    @Override
    public List<Assigned> assign(String memberId, int inputs) {
      return List.of(new Assigned(GradientSetsTable.INPUT, set));
    }

    @Override
    public int inputs(Architecture architecture) {
      return set.inputs().length / set.samples();
    }

    @Override
    public List<Size> sizes() {
      return List.of(new Size(GradientSetsTable.INPUT, set.samples()));
    }
  }

  /**
   * Points drawn for each member from a distribution of its own; a function of (seed, member id).
   *
   * @param samples points in the set that metanetworks read
   * @param targetSamples points in the set whose moments are to be predicted; 0 for none
   */
  record Drawn(long seed, int samples, int targetSamples) implements Probes {
    @Override
    public String identity() {
      return "points " + seed + " " + samples + " " + targetSamples;
    }

    @Override
    public List<Assigned> assign(String memberId, int inputs) {
      PointMixture mixture = PointMixture.draw(seed(memberId, "mixture"));
      return sizes().stream()
          .map(
              size ->
                  new Assigned(
                      size.role(),
                      ProbeSet.points(
                          mixture, size.samples(), inputs, seed(memberId, size.role()))))
          .toList();
    }

    @Override
    public int inputs(Architecture architecture) {
      return BuiltInFamilies.of(architecture)
          .inputs(architecture)
          .orElseThrow(
              () ->
                  GradzooException.usage(
                      Fault.of("gradients.probe")
                          .expected("images for %s", architecture.id())
                          .found("points")));
    }

    @Override
    public List<Size> sizes() {
      Size input = new Size(GradientSetsTable.INPUT, samples);
      return targetSamples == 0
          ? List.of(input)
          : List.of(input, new Size(GradientSetsTable.TARGET, targetSamples));
    }

    private long seed(String memberId, String purpose) {
      return StableHash.of(seed, memberId + "/" + purpose);
    }
  }
}
