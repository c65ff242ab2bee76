package io.gradzoo.datasets.smallcnn;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.CsvRows;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of {@code metrics.csv}: how each network was trained, and how good it is. Row i is of
 * the network in row i of {@code weights.npy}.
 */
public final class ZooMetrics {
  private static final int MOST = 100_000_000;

  private final CsvRows rows;

  /** Repeated texts are kept once. */
  private final Map<String, String> texts = new HashMap<>();

  /**
   * Reads the header.
   *
   * @param in the file, unpacked
   * @throws io.gradzoo.datasets.DataException if a column is missing
   */
  public ZooMetrics(Place place, InputStream in) {
    this.rows = new CsvRows(place, in);
  }

  /**
   * The next network.
   *
   * @return empty after the last
   * @throws io.gradzoo.datasets.DataException naming the line that cannot be read
   */
  public Optional<ZooMetricsRow> next() {
    return rows.next().map(this::row);
  }

  /** The place of the network that was read last. */
  public Place here() {
    return rows.here();
  }

  private ZooMetricsRow row(String[] cells) {
    return new ZooMetricsRow(
        text(cells, "modeldir"),
        count(cells, "step"),
        text(cells, "config.dataset"),
        text(cells, "config.dnn_architecture"),
        text(cells, "config.activation"),
        optional(cells, "config.w_init"),
        number(cells, "config.init_std"),
        optional(cells, "config.optimizer"),
        number(cells, "config.learning_rate"),
        number(cells, "config.l2reg"),
        number(cells, "config.dropout"),
        number(cells, "config.train_fraction"),
        batchSize(cells),
        whole(cells, "config.random_seed"),
        number(cells, "train_loss"),
        number(cells, "train_accuracy"),
        number(cells, "test_loss"),
        number(cells, "test_accuracy"),
        said(cells));
  }

  private String optional(String[] cells, String column) {
    String text = text(cells, column);
    return text.isEmpty() ? null : text;
  }

  private String text(String[] cells, String column) {
    return texts.computeIfAbsent(cells[rows.column(column)], each -> each);
  }

  /** Published zoos do not say it. */
  private Long batchSize(String[] cells) {
    return has(cells, "config.batch_size") ? count(cells, "config.batch_size") : null;
  }

  /** Published zoos say none of it. */
  private ZooMetricsRow.Said said(String[] cells) {
    return new ZooMetricsRow.Said(
        has(cells, "psnr") ? number(cells, "psnr") : null,
        has(cells, "image_id") ? text(cells, "image_id") : null,
        has(cells, "label") ? (Integer) (int) count(cells, "label") : null,
        has(cells, "published_split") ? split(cells) : null);
  }

  private String split(String[] cells) {
    String split = text(cells, "published_split");
    if (!List.of("train", "validation", "test").contains(split)) {
      throw rows.here()
          .fault("train, validation or test", Place.quote(split), "fetch the file again");
    }
    return split;
  }

  private boolean has(String[] cells, String column) {
    return rows.header().contains(column) && !cells[rows.column(column)].isEmpty();
  }

  private long count(String[] cells, String column) {
    long count = whole(cells, column);
    if (count < 0 || count > MOST) {
      throw rows.here().fault(column + " from 0 to " + MOST, count + "", "fetch the file again");
    }
    return count;
  }

  private Double number(String[] cells, String column) {
    return rows.number(column, cells[rows.column(column)]);
  }

  private Long whole(String[] cells, String column) {
    String cell = cells[rows.column(column)];
    try {
      return Long.valueOf(cell.endsWith(".0") ? cell.substring(0, cell.length() - 2) : cell);
    } catch (NumberFormatException e) {
      throw rows.here()
          .fault("a whole number as " + column, Place.quote(cell), "fetch the file again");
    }
  }
}
