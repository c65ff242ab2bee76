package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.jobs.GradzooException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * What gradient sets will take, known before the first is computed.
 *
 * @param members their number
 * @param tables bytes in all by table, before compression
 * @param held the most bytes that a task holds at a time
 */
record StorageEstimate(long members, Map<GradientTable, Long> tables, long held) {
  /** Arrays of the JVM, pages of Parquet and Spark's rows end at two billion bytes. */
  private static final long LARGEST_ROW = 1L << 30;

  private static final double HEAP_SHARE = 0.5;

  /**
   * Adds up the sets of a zoo.
   *
   * @param counts members by architecture
   * @throws GradzooException exit code 2 if a row would be larger than Spark and Parquet can hold
   */
  static StorageEstimate of(GradientPlan plan, SortedMap<String, Long> counts) {
    Map<GradientTable, Long> tables = new EnumMap<>(GradientTable.class);
    long held = 0;
    long members = 0;
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      SetSizes sizes = SetSizes.of(plan, Architectures.parse(entry.getKey()));
      requireRow(entry.getKey(), sizes.largestRow());
      sizes
          .tables()
          .forEach((table, each) -> tables.merge(table, each * entry.getValue(), Long::sum));
      held = Math.max(held, sizes.held());
      members += entry.getValue();
    }
    return new StorageEstimate(members, tables, held);
  }

  /**
   * Refuses sets that the executors have no room for.
   *
   * @param heap bytes of an executor
   * @param tasks that run in it at a time
   * @throws GradzooException exit code 2
   */
  void requireRoom(long heap, int tasks) {
    if (held * tasks > HEAP_SHARE * heap) {
      throw GradzooException.usage(
          Fault.of("gradients compute")
              .expected("to hold at most %s, half of an executor's memory", bytes(heap / 2))
              .found("%s in %d tasks of %s each", bytes(held * tasks), tasks, bytes(held))
              .fix(
                  "lower gradients.chunk-bytes or gradients.probe-samples, or give executors more memory"));
    }
  }

  /** In words, a line for all and one for each table. */
  List<String> lines() {
    long all = tables.values().stream().mapToLong(Long::longValue).sum();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "gradients compute: %d members, about %s before compression; a task holds %s at a time",
            members,
            bytes(all),
            bytes(held)));
    tables.forEach(
        (table, sum) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "  %-14s %10s  %10s a member",
                    table.schema().name(),
                    bytes(sum),
                    bytes(sum / Math.max(1, members)))));
    return lines;
  }

  private static void requireRow(String architecture, SetSizes.Largest row) {
    if (row.bytes() > LARGEST_ROW) {
      throw GradzooException.usage(
          Fault.of("gradients compute")
              .at("%s of %s", row.table().schema().name(), architecture)
              .expected("rows of at most %s", bytes(LARGEST_ROW))
              .found(bytes(row.bytes()))
              .fix(
                  row.table() == GradientTable.MOMENTS
                      ? "members with fewer parameters in a layer"
                      : "lower gradients.probe-samples or gradients.target-samples"));
    }
  }

  private static String bytes(long count) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    double value = count;
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
  }
}
