package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.Degeneracy;
import io.gradzoo.jobs.JobResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/**
 * Gradient sets that were taken again and compared with the tables.
 *
 * @param sets in the order of their ids
 */
public record Verification(List<Comparison> sets) implements JobResult {
  public Verification {
    sets = List.copyOf(sets);
  }

  /** What differs, naming member, layer and difference. */
  @Override
  public List<Fault> faults() {
    return sets.stream().flatMap(set -> set.faults().stream()).toList();
  }

  /** A line per set, then how many neurons of MLPs are dead or cannot be told apart. */
  @Override
  public void print(PrintWriter out) {
    out.printf(
        "%-16s %-7s %10s %10s %10s %6s%n", "MEMBER", "SET", "FACTORS", "MOMENTS", "MEANS", "DEAD");
    sets.forEach(set -> out.println(set.line()));
    List<Degeneracy> mlps =
        sets.stream().flatMap(set -> Optional.ofNullable(set.degeneracy()).stream()).toList();
    if (!mlps.isEmpty()) {
      printDegeneracy(mlps, out);
    }
  }

  private static void printDegeneracy(List<Degeneracy> sets, PrintWriter out) {
    long degenerate = sets.stream().filter(Degeneracy::degenerate).count();
    out.printf(
        "%d of %d sets of MLPs have hidden neurons that no GradMetaNet can tell apart%n",
        degenerate, sets.size());
    int depth = sets.stream().mapToInt(set -> set.layers().size()).max().orElse(0);
    for (int l = 0; l < depth && degenerate > 0; l++) {
      int layer = l;
      List<Degeneracy.LayerDegeneracy> counts =
          sets.stream()
              .filter(set -> set.layers().size() > layer)
              .map(set -> set.layers().get(layer))
              .toList();
      out.printf(
          "  hidden layer %d: %d of %d neurons dead, %d equal pairs%n",
          layer + 1,
          counts.stream().mapToInt(Degeneracy.LayerDegeneracy::dead).sum(),
          counts.stream().mapToInt(Degeneracy.LayerDegeneracy::neurons).sum(),
          counts.stream().mapToInt(Degeneracy.LayerDegeneracy::equalPairs).sum());
    }
  }
}
