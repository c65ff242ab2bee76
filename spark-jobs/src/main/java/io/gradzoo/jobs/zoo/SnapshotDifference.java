package io.gradzoo.jobs.zoo;

import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.table.TableVersion;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * What differs between two snapshots of a zoo.
 *
 * @param zoo its name
 * @param from the earlier one
 * @param to the later one
 * @param added members that only the later one has
 * @param removed members that only the earlier one has
 * @param changed members of other weights, or of another status
 */
public record SnapshotDifference(
    String zoo,
    TableVersion from,
    TableVersion to,
    MemberChange added,
    MemberChange removed,
    MemberChange changed)
    implements JobResult {

  /**
   * MemberChange of a kind.
   *
   * @param count of all
   * @param first ids of some
   */
  public record MemberChange(long count, List<String> first) {
    public MemberChange {
      first = List.copyOf(first);
    }

    private String line(String kind) {
      String names = String.join(", ", first) + (count > first.size() ? ", …" : "");
      return String.format(Locale.ROOT, "%,d members %s", count, kind)
          + (count == 0 ? "" : ": " + names);
    }
  }

  /** What they were made from, where it differs: a line each. */
  public List<String> provenance() {
    return Provenance.of(from.properties()).changes(Provenance.of(to.properties()));
  }

  @Override
  public void print(PrintWriter out) {
    out.printf(
        "zoo diff %s: snapshot %d of %s → %d of %s%n",
        zoo, from.id(), from.made(), to.id(), to.made());
    provenance().forEach(out::println);
    if (provenance().isEmpty()) {
      out.println("same config, code and images");
    }
    out.println(added.line("added"));
    out.println(removed.line("removed"));
    out.println(changed.line("changed"));
  }
}
