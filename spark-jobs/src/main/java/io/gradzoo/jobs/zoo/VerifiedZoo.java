package io.gradzoo.jobs.zoo;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.table.MembersTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A zoo whose members were looked at.
 *
 * @param zoo its name
 * @param members of it
 * @param images that accuracies or PSNR were computed on; empty if they were not
 * @param sampled members whose accuracies or PSNR were computed
 * @param psnr of members that represent images, in decibels, from the least on; none is NaN
 * @param architectures what is said of the members of each
 * @param problems what is wrong, by member
 */
public record VerifiedZoo(
    String zoo,
    long members,
    Optional<String> images,
    long sampled,
    List<Double> psnr,
    List<ArchitectureGauge> architectures,
    List<Fault> problems)
    implements JobResult {
  private static final int MOST = 20;

  public VerifiedZoo {
    psnr = psnr.stream().filter(each -> !Double.isNaN(each)).toList();
    architectures = List.copyOf(architectures);
    problems = List.copyOf(problems);
  }

  /** One for all that is wrong, with the first of it. */
  @Override
  public List<Fault> faults() {
    return problems.isEmpty()
        ? List.of()
        : List.of(
            Fault.of("zoo verify %s (%d wrong)", zoo, problems.size())
                .because(problems.get(0))
                .fix("make the zoo anew, or fetch and import it again"));
  }

  @Override
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "zoo verify %s: weights of %,d members, %s%n",
        zoo,
        members,
        images
            .map(set -> String.format(Locale.ROOT, "%s of %,d on %s", measure(), sampled, set))
            .orElse("no losses and accuracies, for want of images"));
    if (!psnr.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "PSNR: %.2f to %.2f dB, median %.2f dB%n",
          psnr.get(0),
          psnr.get(psnr.size() - 1),
          psnr.get(psnr.size() / 2));
    }
    out.printf(
        "%9s %10s %9s %9s  %-16s %s%n",
        "MEMBERS", "PARAMETERS", "GAUGE", "UNROLLED", "DEAD", "ARCHITECTURE");
    architectures.forEach(each -> print(each, out));
    if (architectures.stream().anyMatch(each -> each.gauge().isPresent())) {
      out.println(
          "gauge: rescalings that change no output, one for each hidden channel or unit (positive"
              + " numbers of relu networks, signs of tanh and sine); unrolled: of the perceptron"
              + " that a convolution unrolls to, one for each unit");
    }
    problems.stream().limit(MOST).forEach(problem -> out.println(problem.line()));
    out.printf("%s: %d wrong%n", MembersTable.SCHEMA.in(zoo), problems.size());
  }

  private String measure() {
    return psnr.isEmpty() ? "loss and accuracy" : "PSNR";
  }

  private static void print(ArchitectureGauge of, PrintWriter out) {
    String dead =
        of.looked() == 0
            ? "–"
            : of.dead() + " of " + of.looked() * of.gauge().map(each -> each.channels()).orElse(0);
    out.printf(
        Locale.ROOT,
        "%9d %10d %9s %9s  %-16s %s%n",
        of.members(),
        of.parameters(),
        of.gauge().map(each -> Integer.toString(each.channels())).orElse("–"),
        of.gauge().map(each -> Integer.toString(each.units())).orElse("–"),
        dead,
        of.architecture());
  }
}
