package io.gradzoo.jobs.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What {@code _gradzoo.json} says of a folder: which files in it this program wrote. Whatever else
 * stands there is somebody's own.
 *
 * @param files their sizes in bytes
 * @param sha256 hex, of the small ones; big tables' files have none
 */
record Marker(SortedMap<String, Long> files, SortedMap<String, String> sha256) {
  static final String NAME = "_gradzoo.json";
  static final String TEMPORARY = NAME + ".new";
  private static final long LARGEST = 64L << 20;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The marker of files that are to be written. */
  static Marker of(Map<String, byte[]> contents) {
    Marker marker = new Marker(new TreeMap<>(), new TreeMap<>());
    contents.forEach(
        (name, bytes) -> {
          marker.files.put(name, (long) bytes.length);
          marker.sha256.put(name, hash(bytes));
        });
    return marker;
  }

  /** The marker of a folder; empty if there is none that can be read as one. */
  static Optional<Marker> read(FileSystem files, Path folder) throws IOException {
    Optional<byte[]> bytes = bytes(files, folder);
    return bytes.isEmpty() ? Optional.empty() : parse(bytes.get());
  }

  /** Identity of what a folder holds; empty if it has no marker. */
  static Optional<String> version(FileSystem files, Path folder) throws IOException {
    return bytes(files, folder).map(Marker::hash);
  }

  /** Puts the marker into a folder, at once. */
  void write(FileSystem files, Path folder) throws IOException {
    Path temporary = new Path(folder, TEMPORARY);
    try (OutputStream out = files.create(temporary, true)) {
      out.write(JSON.writeValueAsBytes(this));
    }
    if (!files.rename(temporary, new Path(folder, NAME))) {
      throw new IOException("cannot rename " + Folder.shown(temporary) + " to " + NAME);
    }
  }

  /** Whether every file stands in the folder in its size. */
  boolean complete(FileSystem fileSystem, Path folder) throws IOException {
    for (var file : files.entrySet()) {
      Path path = new Path(folder, file.getKey());
      if (!fileSystem.exists(path) || fileSystem.getFileStatus(path).getLen() != file.getValue()) {
        return false;
      }
    }
    return true;
  }

  /** Whether a name is the marker's, a listed file's, or that of Hadoop's sum of one of these. */
  boolean owns(String name) {
    String summed =
        name.startsWith(".") && name.endsWith(".crc")
            ? name.substring(1, name.length() - ".crc".length())
            : name;
    return summed.equals(NAME) || files.containsKey(summed);
  }

  static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<byte[]> bytes(FileSystem files, Path folder) throws IOException {
    Path path = new Path(folder, NAME);
    try {
      if (files.getFileStatus(path).getLen() > LARGEST) {
        return Optional.empty();
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    try (InputStream in = files.open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) { // it was replaced this moment
      return Optional.empty();
    }
  }

  private static Optional<Marker> parse(byte[] bytes) throws IOException {
    Marker marker = new Marker(new TreeMap<>(), new TreeMap<>());
    try {
      JsonNode root = JSON.readTree(bytes);
      if (root == null || !root.path("files").isObject()) {
        return Optional.empty();
      }
      root.get("files")
          .fields()
          .forEachRemaining(f -> marker.files.put(f.getKey(), f.getValue().asLong(-1)));
      root.path("sha256")
          .fields()
          .forEachRemaining(f -> marker.sha256.put(f.getKey(), f.getValue().asText()));
      return Optional.of(marker);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
