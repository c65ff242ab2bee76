package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.Degeneracy;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * The result of recomputing a stored gradient set.
 *
 * @param factors largest relative difference of stored gradients, in whatever form
 * @param moments of the moments
 * @param means of the stored moments from the mean of the stored factors
 * @param degeneracy of the set of an MLP; null of a network that is no MLP
 * @param faults what differs
 */
public record Comparison(
    String gradientSetId,
    String memberId,
    String role,
    double factors,
    double moments,
    double means,
    Degeneracy degeneracy,
    List<Fault> faults)
    implements Serializable {

  /** As a line of a table. */
  String line() {
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
}
