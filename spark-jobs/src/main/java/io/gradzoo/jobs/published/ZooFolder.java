package io.gradzoo.jobs.published;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.NpyRows;
import io.gradzoo.datasets.format.Unpacking;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * The folder of a small CNN zoo: {@code weights.npy}, {@code metrics.csv} or {@code
 * metrics.csv.gz}, and {@code layout.csv}.
 */
final class ZooFolder {
  static final String WEIGHTS = "weights.npy";
  static final String METRICS = "metrics.csv";
  static final String LAYOUT = "layout.csv";
  private static final String ACTION = "zoo import";
  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final FileSystem files;
  private final String metrics;

  /**
   * Finds the files.
   *
   * @param folder with or without a scheme
   * @throws io.gradzoo.datasets.DataException if one is missing
   */
  ZooFolder(String folder) {
    Place place = Place.of(ACTION, folder);
    try {
      this.folder = new Path(folder);
      this.files = this.folder.getFileSystem(hadoop());
      this.metrics = first(METRICS, METRICS + ".gz");
      first(WEIGHTS);
      first(LAYOUT);
    } catch (IOException e) {
      throw place.unreadable(e);
    } catch (IllegalArgumentException e) {
      throw place.fault("a folder", Place.quote(folder), "give the folder of the zoo's files");
    }
  }

  /** The name of the file of metrics that is there. */
  String metrics() {
    return metrics;
  }

  /** The place of one of the files, for messages. */
  Place place(String name) {
    return Place.of(ACTION, new Path(folder, name).toString());
  }

  /** A text file, unpacked if it is packed. */
  InputStream text(String name) throws IOException {
    Path file = new Path(folder, name);
    long length = files.getFileStatus(file).getLen();
    InputStream in = new BufferedInputStream(files.open(file), BUFFER);
    try {
      return Unpacking.plainOrUnpacked(place(name), in, length);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** The rows of the weights. */
  NpyRows weights() {
    Place place = place(WEIGHTS);
    Path file = new Path(folder, WEIGHTS);
    try {
      long length = files.getFileStatus(file).getLen();
      return NpyRows.of(place, new HadoopChannel(files.open(file, BUFFER), length));
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  /** SHA-256 of each file's bytes, by name. */
  Map<String, String> checksums() {
    Map<String, String> checksums = new TreeMap<>();
    for (String name : List.of(WEIGHTS, metrics, LAYOUT)) {
      checksums.put(name, checksum(name));
    }
    return checksums;
  }

  /** That of this process, be it a driver or an executor. */
  static Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
  }

  private String checksum(String name) {
    try (InputStream in = files.open(new Path(folder, name))) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] portion = new byte[1 << 20];
      for (int read = in.read(portion); read >= 0; read = in.read(portion)) {
        digest.update(portion, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    } catch (IOException e) {
      throw place(name).unreadable(e);
    }
  }

  private String first(String... names) throws IOException {
    for (String name : names) {
      try {
        if (files.getFileStatus(new Path(folder, name)).isFile()) {
          return name;
        }
      } catch (FileNotFoundException | NoSuchFileException e) {
        // The next name, if there is one.
      }
    }
    throw place(names[0])
        .fault("a file of this name", "none", "give the folder that the zoo's archive unpacks to");
  }
}
