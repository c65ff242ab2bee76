package io.gradzoo.jobs.published;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.NpyRows;
import io.gradzoo.datasets.smallcnn.PublishedSplit;
import io.gradzoo.datasets.smallcnn.ZooLayout;
import io.gradzoo.datasets.smallcnn.ZooMetrics;
import io.gradzoo.datasets.smallcnn.ZooMetricsRow;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All that the files of a small CNN zoo say but the weights.
 *
 * @param layout of a row of weights
 * @param runs the networks, in the order of the rows
 * @param names of their runs and members
 * @param steps of training at which networks were kept
 */
record ZooContents(ZooLayout layout, List<ImportedRun> runs, RunNames names, long steps) {
  /** Weights that one task reads. */
  private static final long RANGE_BYTES = 64L << 20;

  /**
   * Reads them.
   *
   * @param splits name of a published list of rows in the folder, if there is one
   * @throws io.gradzoo.datasets.DataException if a file is damaged, or they do not belong together
   */
  static ZooContents read(ZooFolder source, Optional<String> splits) {
    ZooLayout layout = layout(source);
    ZooContents contents = metrics(source, layout, splits);
    requireWeights(source, layout, contents.runs.size());
    return contents;
  }

  /**
   * The networks in ranges of rows that one task each reads.
   *
   * @param seed of the zoo, which decides the splits of its runs
   */
  List<ImportedRuns> ranges(long seed) {
    long rowBytes = (long) layout.size() * Float.BYTES;
    int most = (int) Math.max(1, Math.min(RANGE_BYTES / rowBytes, 1 << 20));
    return ImportedRuns.cut(runs, most, seed);
  }

  /** The image set that all networks were trained on; empty if they differ, or it is not known. */
  Optional<String> images() {
    List<String> sets = runs.stream().map(run -> run.metrics().dataset()).distinct().toList();
    return sets.size() == 1 ? PublishedNetwork.images(sets.get(0)) : Optional.empty();
  }

  private static ZooLayout layout(ZooFolder source) {
    Place place = source.place(ZooFolder.LAYOUT);
    try (InputStream in = source.text(ZooFolder.LAYOUT)) {
      return ZooLayout.read(place, in);
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  private static ZooContents metrics(ZooFolder source, ZooLayout layout, Optional<String> splits) {
    Place place = source.place(source.metrics());
    List<ZooMetricsRow> rows = new ArrayList<>();
    List<String> architectures = new ArrayList<>();
    try (InputStream in = source.text(source.metrics())) {
      ZooMetrics metrics = new ZooMetrics(place, in);
      for (Optional<ZooMetricsRow> row = metrics.next(); row.isPresent(); row = metrics.next()) {
        rows.add(row.get());
        architectures.add(PublishedNetwork.of(metrics.here(), row.get(), layout).id().intern());
      }
    } catch (IOException e) {
      throw place.unreadable(e);
    }
    RunNames names = new RunNames(rows);
    String[] divided = divided(source, rows, splits);
    List<ImportedRun> runs = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      ZooMetricsRow row = rows.get(i);
      runs.add(
          new ImportedRun(
              names.member(row), names.run(row), architectures.get(i), divided[i], row));
    }
    long steps = rows.stream().mapToLong(ZooMetricsRow::step).distinct().count();
    return new ZooContents(layout, runs, names, steps);
  }

  /** The published split of each row; null of rows that are in none. */
  private static String[] divided(
      ZooFolder source, List<ZooMetricsRow> rows, Optional<String> splits) {
    String[] divided = new String[rows.size()];
    if (splits.isEmpty()) {
      return divided;
    }
    long last = rows.stream().mapToLong(ZooMetricsRow::step).max().orElse(0);
    PublishedSplit split =
        PublishedSplit.of(
            source.rows(splits.get(), rows.size()), row -> rows.get(row).step() == last);
    split.forEach((row, name) -> divided[row] = name.name().toLowerCase(Locale.ROOT));
    return divided;
  }

  private static void requireWeights(ZooFolder source, ZooLayout layout, int networks) {
    try (NpyRows weights = source.weights()) {
      if (weights.rows() != networks || weights.rowSize() != layout.size()) {
        throw source
            .place(ZooFolder.WEIGHTS)
            .fault(
                networks + "×" + layout.size() + " numbers, by metrics and layout",
                weights.rows() + "×" + weights.rowSize(),
                "fetch all three files again");
      }
    }
  }
}
