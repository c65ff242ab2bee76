package io.gradzoo.jobs.gradients;

import io.gradzoo.datasets.split.StableHash;
import io.gradzoo.engine.gradient.PointMixture;
import io.gradzoo.jobs.table.GradientSetsTable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What the gradient sets of a zoo's members are taken on. */
sealed interface Probes extends Serializable {

  /**
   * The probe sets of a member, the one that metanetworks read first.
   *
   * @param inputs numbers that the member reads
   */
  List<Assigned> of(String memberId, int inputs);

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
    public List<Assigned> of(String memberId, int inputs) {
      return List.of(new Assigned(GradientSetsTable.INPUT, set));
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
    public List<Assigned> of(String memberId, int inputs) {
      PointMixture mixture = PointMixture.draw(seed(memberId, "mixture"));
      List<Assigned> probes = new ArrayList<>();
      probes.add(assigned(mixture, GradientSetsTable.INPUT, samples, memberId, inputs));
      if (targetSamples > 0) {
        probes.add(assigned(mixture, GradientSetsTable.TARGET, targetSamples, memberId, inputs));
      }
      return probes;
    }

    private Assigned assigned(
        PointMixture mixture, String role, int count, String memberId, int inputs) {
      return new Assigned(role, ProbeSet.points(mixture, count, inputs, seed(memberId, role)));
    }

    private long seed(String memberId, String purpose) {
      return StableHash.of(seed, memberId + "/" + purpose);
    }
  }
}
