package io.gradzoo.jobs.published;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.NpyRows;
import io.gradzoo.datasets.smallcnn.PublishedSplit;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * The folder of a small CNN zoo: {@code weights.npy}, {@code metrics.csv} or {@code
 * metrics.csv.gz}, and {@code layout.csv}.
 */
final class ZooFolder {
  static final String WEIGHTS = "weights.npy";
  static final String METRICS = "metrics.csv";
  static final String LAYOUT = "layout.csv";
  private static final String FIX = "give the folder that the zoo's archive unpacks to";

  private final SourceFolder folder;
  private final String metrics;

  /**
   * Finds the files.
   *
   * @param name of the folder, with or without a scheme
   * @throws io.gradzoo.datasets.DataException if one is missing
   */
  ZooFolder(String name) {
    this.folder = new SourceFolder(name).requireFinished();
    String packed = METRICS + ".gz";
    if (folder.find(METRICS).isEmpty() && folder.find(packed).isPresent()) {
      this.metrics = packed;
    } else {
      folder.require(METRICS, FIX);
      this.metrics = METRICS;
    }
    folder.require(WEIGHTS, FIX);
    folder.require(LAYOUT, FIX);
  }

  /** The name of the file of metrics that is there. */
  String metrics() {
    return metrics;
  }

  /** The place of one of the files, for messages. */
  Place place(String name) {
    return folder.place(name);
  }

  /** A text file, unpacked if it is packed. */
  InputStream text(String name) throws IOException {
    return folder.text(name);
  }

  /** The rows of the weights. */
  NpyRows weights() {
    try {
      return NpyRows.of(place(WEIGHTS), folder.channel(WEIGHTS));
    } catch (IOException e) {
      throw place(WEIGHTS).unreadable(e);
    }
  }

  /** What tells the weights that stand there from others. */
  FileVersion weightsVersion() {
    return folder.require(WEIGHTS, FIX);
  }

  /**
   * Refuses weights that are not what they were.
   *
   * @throws io.gradzoo.datasets.DataException if their length or time of change is another
   */
  void requireWeights(FileVersion version) {
    FileVersion found = weightsVersion();
    if (!found.equals(version)) {
      throw place(WEIGHTS)
          .fault(
              "a file that stays as it is during the import: " + version,
              found.toString(),
              "import again, when nobody writes there");
    }
  }

  /**
   * A published list of rows.
   *
   * @param count of the zoo's rows
   * @throws io.gradzoo.datasets.DataException if it is none
   */
  int[] rows(String name, int count) {
    folder.require(name, "name a split file in the zoo's folder");
    try (Reader in = new InputStreamReader(folder.text(name), StandardCharsets.UTF_8)) {
      return PublishedSplit.readRows(place(name), in, count);
    } catch (IOException e) {
      throw place(name).unreadable(e);
    }
  }

  /** SHA-256 of one of the files. */
  String checksum(String name) {
    return folder.checksum(name);
  }
}
