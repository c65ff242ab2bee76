package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.Report.AccuracyGroup;
import io.gradzoo.jobs.report.block.Numbers;
import java.util.Arrays;
import java.util.List;

/** How test accuracy is distributed over a zoo: bars of members per interval, groups stacked. */
record Histogram(List<AccuracyGroup> groups) {
  private static final double WIDTH = 1072;
  private static final double HEIGHT = 320;
  private static final int BINS_A_TICK = 5;

  Markup draw(String id) {
    double[] all =
        groups.stream().flatMap(g -> g.accuracies().stream()).mapToDouble(v -> v).toArray();
    LinearAxis x = LinearAxis.covering("test accuracy", all, 12);
    int bins = (int) (x.last() - x.first()) * BINS_A_TICK;
    int[][] counts = new int[groups.size()][];
    double[] totals = new double[bins + 1];
    for (int group = 0; group < counts.length; group++) {
      counts[group] = counts(groups.get(group).accuracies(), x, bins);
      for (int bin = 0; bin < bins; bin++) {
        totals[bin] += counts[group][bin];
      }
    }
    Frame frame = new Frame(x, LinearAxis.ofCounts("networks", totals, 5), WIDTH, HEIGHT);
    Svg svg = new Svg(id, WIDTH, HEIGHT, "Test accuracy of the zoo's networks", description(all));
    frame.draw(svg);
    for (int bin = 0; bin < bins; bin++) {
      drawBin(svg, frame, counts, bin, bins);
    }
    return svg.end();
  }

  private void drawBin(Svg svg, Frame frame, int[][] counts, int bin, int bins) {
    Axis x = frame.x();
    double width = (x.high() - x.low()) / bins;
    double left = x.low() + bin * width;
    int below = 0;
    for (int group = 0; group < counts.length; group++) {
      int count = counts[group][bin];
      if (count > 0) {
        double top = frame.atY(below + count);
        String tip =
            groups.get(group).name()
                + ": "
                + Numbers.count(count, "network")
                + " from "
                + Numbers.fixed(left, 3)
                + " to "
                + Numbers.fixed(left + width, 3);
        svg.rectangle(
            "bar " + Series.style(group),
            frame.atX(left) + 0.5,
            top,
            frame.atX(left + width) - frame.atX(left) - 1,
            frame.atY(below) - top,
            tip);
        below += count;
      }
    }
  }

  /** Members per bin; the highest bin includes its upper end. */
  private static int[] counts(List<Double> values, Axis x, int bins) {
    int[] counts = new int[bins];
    for (double value : values) {
      if (Double.isFinite(value)) {
        int bin = (int) Math.floor(x.fraction(value) * bins + 1e-9);
        counts[Math.max(0, Math.min(bins - 1, bin))]++;
      }
    }
    return counts;
  }

  private static String description(double[] values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
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
