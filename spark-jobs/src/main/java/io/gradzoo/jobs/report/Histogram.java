package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.Report.AccuracyGroup;
import io.gradzoo.jobs.report.block.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How test accuracy is distributed over a zoo: bars of members per interval, groups stacked. */
record Histogram(List<AccuracyGroup> groups) {
  /** Widths of intervals, as shares of 1. */
  private static final int[] DIVISORS = {1000, 500, 200, 100, 50};

  private static final int MOST_BINS = 60;

  Chart chart() {
    double[] all =
        groups.stream()
            .flatMap(group -> group.accuracies().stream())
            .mapToDouble(v -> v)
            .filter(v -> v >= 0 && v <= 1)
            .sorted()
            .toArray();
    Bins bins = Bins.of(all);
    Map<String, Object> x = ChartOption.x("category", "test accuracy");
    x.put("data", bins.labels());
    x.put("splitLine", Map.of("show", false));
    Map<String, Object> y = ChartOption.y("value", "networks");
    y.put("minInterval", 1);
    List<Map<String, Object>> series = new ArrayList<>();
    for (AccuracyGroup group : groups) {
      Map<String, Object> bars =
          ChartOption.series("bar", group.name(), series.size(), bars(group, bins));
      bars.put("stack", "networks");
      bars.put("barCategoryGap", "8%");
      series.add(bars);
    }
    return new Chart(
        Chart.Size.WIDE,
        "Test accuracy of the zoo's networks",
        description(all),
        ChartOption.chart(x, y, groups.stream().map(AccuracyGroup::name).toList(), "item", series));
  }

  private static List<Map<String, Object>> bars(AccuracyGroup group, Bins bins) {
    int[] counts = bins.counts(group.accuracies());
    return IntStream.range(0, counts.length)
        .mapToObj(
            bin ->
                ChartOption.map(
                    "value",
                    counts[bin],
                    "tip",
                    List.of(
                        List.of("networks", Numbers.count(counts[bin])),
                        List.of("group", group.name()),
                        List.of("test accuracy", bins.interval(bin)))))
        .toList();
  }

  /**
   * Equal intervals.
   *
   * @param divisor how many there are from 0 to 1
   * @param first where the lowest begins, in intervals
   * @param count of intervals
   */
  private record Bins(int divisor, int first, int count) {
    static Bins of(double[] sorted) {
      double low = sorted.length == 0 ? 0 : sorted[0];
      double high = sorted.length == 0 ? 1 : sorted[sorted.length - 1];
      int divisor =
          IntStream.of(DIVISORS)
              .filter(each -> (high - low) * each < MOST_BINS - 1)
              .findFirst()
              .orElse(DIVISORS[DIVISORS.length - 1]);
      int first = Math.min(at(low, divisor), divisor - 1);
      int last = Math.min(at(high, divisor), divisor - 1);
      return new Bins(divisor, first, last - first + 1);
    }

    private static int at(double value, int divisor) {
      // To a billionth of an interval, so that 0.3 is in the one that begins there.
      return (int) Math.floor(value * divisor + 1e-9);
    }

    List<String> labels() {
      return IntStream.range(0, count).mapToObj(this::edge).toList();
    }

    String interval(int bin) {
      return edge(bin) + " to " + edge(bin + 1);
    }

    private String edge(int bin) {
      return Numbers.fixed((double) (first + bin) / divisor, divisor > 100 ? 3 : 2);
    }

    /** Members per interval; the highest includes 1. */
    int[] counts(List<Double> values) {
      int[] counts = new int[count];
      for (double value : values) {
        if (value >= 0 && value <= 1) {
          counts[Math.min(count - 1, at(value, divisor) - first)]++;
        }
      }
      return counts;
    }
  }

  private static String description(double[] sorted) {
    if (sorted.length == 0) {
      return "No network has a test accuracy.";
    }
    return Numbers.count(sorted.length, "network")
        + " from "
        + Numbers.fixed(sorted[0], 3)
        + " to "
        + Numbers.fixed(sorted[sorted.length - 1], 3)
        + ", median "
        + Numbers.fixed(sorted[sorted.length / 2], 3)
        + ".";
  }
}
