package io.gradzoo.jobs.zoo;

import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.table.StoredTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableVersion;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a zoo is.
 *
 * @param members its table
 * @param version of the members, as their store names it
 * @param statuses how many members have which status
 * @param architectures how many members have which
 * @param epochs after which there are members
 * @param accuracies of healthy members on test images, if they have some
 * @param others its other tables
 * @param snapshots of the members, the oldest first; none of plain folders
 * @param used snapshots that gradient sets or runs name
 */
public record ZooDescription(
    StoredTable members,
    String version,
    SortedMap<String, Long> statuses,
    SortedMap<String, Long> architectures,
    List<Integer> epochs,
    Optional<Accuracies> accuracies,
    List<StoredTable> others,
    List<TableVersion> snapshots,
    Set<Long> used)
    implements JobResult {
  private static final int MOST_ARCHITECTURES = 8;

  public ZooDescription {
    statuses = Collections.unmodifiableSortedMap(new TreeMap<>(statuses));
    architectures = Collections.unmodifiableSortedMap(new TreeMap<>(architectures));
    epochs = List.copyOf(epochs);
    others = List.copyOf(others);
    snapshots = List.copyOf(snapshots);
    used = Set.copyOf(used);
  }

  /** The least, the mean and the greatest of shares of right answers. */
  public record Accuracies(double least, double mean, double greatest) {}

  @Override
  public void print(PrintWriter out) {
    TableProperties properties = members.properties();
    out.printf(
        Locale.ROOT,
        "%s: %,d members, %s at %s%n",
        members.id().zoo(),
        members.rows(),
        ByteCount.words(members.bytes()),
        members.location());
    out.printf("version: %s%n", version);
    out.printf(
        "made with: config %s, code %s%s%n",
        Provenance.shortened(properties.configHash()),
        properties.codeVersion(),
        ZooImages.contentHash(properties)
            .map(hash -> ", images " + Provenance.shortened(hash))
            .orElse(""));
    properties.more().entrySet().stream()
        .filter(each -> each.getKey().equals("source") || each.getKey().equals("licence"))
        .forEach(each -> out.println(each.getKey() + ": " + each.getValue()));
    out.println("members: " + counted(statuses));
    out.println("after epochs: " + epochs);
    accuracies.ifPresent(
        share ->
            out.printf(
                Locale.ROOT,
                "test accuracy: %.4f to %.4f, mean %.4f%n",
                share.least(),
                share.greatest(),
                share.mean()));
    printArchitectures(out);
    others.forEach(
        table ->
            out.printf(
                Locale.ROOT,
                "table %s: %,d rows, %s%s%n",
                table.id().table(),
                table.rows(),
                ByteCount.words(table.bytes()),
                table.properties().members().map(of -> ", of members " + of).orElse("")));
    ZooSettings.of(properties)
        .ifPresentOrElse(
            settings -> settings.values().forEach((key, value) -> out.println(key + " = " + value)),
            () -> out.println("settings: not recorded with the table"));
    printSnapshots(out);
  }

  private void printArchitectures(PrintWriter out) {
    architectures.entrySet().stream()
        .limit(MOST_ARCHITECTURES)
        .forEach(
            each -> out.printf(Locale.ROOT, "%,d members: %s%n", each.getValue(), each.getKey()));
    if (architectures.size() > MOST_ARCHITECTURES) {
      out.printf("… of %d architectures%n", architectures.size());
    }
  }

  private void printSnapshots(PrintWriter out) {
    if (snapshots.isEmpty()) {
      out.println("snapshots: none, plain Parquet folders keep only what stands there");
      return;
    }
    out.printf(
        "snapshots:%n  %-19s  %-24s %12s %9s  %-10s  %s%n",
        "ID", "MADE", "MEMBERS", "SIZE", "CONFIG", "CODE");
    for (TableVersion snapshot : snapshots) {
      String notes =
          (version.endsWith(" " + snapshot.id()) ? "  read here" : "")
              + (used.contains(snapshot.id()) ? "  used" : "");
      out.printf(
          Locale.ROOT,
          "  %-19d  %-24s %,12d %9s  %-10s  %-16s%s%n",
          snapshot.id(),
          snapshot.made(),
          snapshot.rows(),
          ByteCount.words(snapshot.bytes()),
          Provenance.shortened(snapshot.properties().configHash()),
          snapshot.properties().codeVersion(),
          notes);
    }
  }

  private static String counted(SortedMap<String, Long> counts) {
    return String.join(
        ", ",
        counts.entrySet().stream()
            .map(each -> String.format(Locale.ROOT, "%,d %s", each.getValue(), each.getKey()))
            .toList());
  }
}
