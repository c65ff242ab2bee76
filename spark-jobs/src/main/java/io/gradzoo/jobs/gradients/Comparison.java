package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.Degeneracy;
import java.io.PrintWriter;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of recomputing a stored gradient set.
 *
 * @param factors largest relative difference of stored gradients, in whatever form
 * @param moments of the moments
 * @param means of the stored moments from the mean of the stored factors
 * @param degeneracy of the set of an MLP; null of a network that is no MLP
 * @param faults what differs
 */
record Comparison(
    String gradientSetId,
    String memberId,
    String role,
    double factors,
    double moments,
    double means,
    Degeneracy degeneracy,
    List<Fault> faults)
    implements Serializable {

  /** Prints a line per set, then what is degenerate in the sets of MLPs. */
  static void print(List<Comparison> sets, PrintWriter out) {
    out.printf(
        "%-16s %-7s %10s %10s %10s %6s%n", "MEMBER", "SET", "FACTORS", "MOMENTS", "MEANS", "DEAD");
    sets.forEach(set -> out.println(set.line()));
    List<Degeneracy> mlps =
        sets.stream().flatMap(set -> Optional.ofNullable(set.degeneracy).stream()).toList();
    if (!mlps.isEmpty()) {
      printDegeneracy(mlps, out);
    }
    out.flush();
  }

  private String line() {
    return String.format(
        Locale.ROOT,
        "%-16s %-7s %10.1e %10.1e %10.1e %6s  %s",
        memberId,
        role,
        factors,
        moments,
        means,
        degeneracy == null ? "-" : degeneracy.dead(),
        faults.isEmpty() ? "equal" : "DIFFERENT");
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
