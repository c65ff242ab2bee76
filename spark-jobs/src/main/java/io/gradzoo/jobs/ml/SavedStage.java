package io.gradzoo.jobs.ml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a saved stage, on any file system of Hadoop's: Spark's metadata, the files of the
 * model, and {@value #CONTENTS}, which says the version of the format and the SHA-256 of every
 * file.
 *
 * @param path of the folder
 */
record SavedStage(Path path, Configuration hadoop) {
  /** Where Spark looks for what class a stage is of. */
  static final String METADATA = "metadata/part-00000";

  /** Beginning of the names of a model's files. */
  static final String MODEL = "model/";

  private static final String CONTENTS = "gradzoo-stage.json";
  private static final String FORMAT = "format";
  private static final String FILES = "files";
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What becomes of a stage that stands there. */
  enum Existing {
    KEPT,
    REPLACED
  }

  /**
   * Writes beside the folder and renames. Another stage in its place is moved aside first, and
   * deleted when the new one stands there.
   *
   * @throws GradzooException exit code 3 if something stands there that is to be kept or is no
   *     saved stage, or it cannot be written
   */
  void write(SortedMap<String, byte[]> files, Existing existing) {
    try {
      FileSystem system = path.getFileSystem(hadoop);
      requireReplaceable(system, existing);
      Path fresh = beside("new");
      try {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
          write(system, new Path(fresh, file.getKey()), file.getValue());
        }
        write(system, new Path(fresh, CONTENTS), contents(files));
        publish(system, fresh);
      } finally {
        system.delete(fresh, true);
      }
    } catch (IOException e) {
      throw GradzooException.data(
          Fault.of("save stage").at(path).found("cannot be written: " + e.getMessage()), e);
    }
  }

  private void requireReplaceable(FileSystem system, Existing existing) throws IOException {
    if (!system.exists(path)) {
      return;
    }
    if (existing == Existing.KEPT) {
      throw GradzooException.data(
          Fault.of("save stage")
              .at(path)
              .expected("nothing")
              .found("something")
              .fix("another path, or write().overwrite()"));
    }
    if (!system.exists(new Path(path, CONTENTS))) {
      throw GradzooException.data(
          Fault.of("save stage")
              .at(path)
              .expected("a saved stage, which may be replaced")
              .found("a file or folder without " + CONTENTS)
              .fix("another path"));
    }
  }

  private void publish(FileSystem system, Path fresh) throws IOException {
    Path old = beside("old");
    boolean replacing = system.exists(path);
    if (replacing && !system.rename(path, old)) {
      throw new IOException("the stage there cannot be moved aside");
    }
    if (system.exists(path) || !system.rename(fresh, path)) {
      if (replacing) {
        system.rename(old, path);
      }
      throw new IOException("the new folder cannot be renamed");
    }
    system.delete(old, true);
  }

  private Path beside(String what) {
    return new Path(path.getParent(), "." + path.getName() + "." + what + "-" + UUID.randomUUID());
  }

  private static void write(FileSystem system, Path file, byte[] bytes) throws IOException {
    try (FSDataOutputStream out = system.create(file, true)) {
      out.write(bytes);
    }
  }

  private static byte[] contents(SortedMap<String, byte[]> files) throws IOException {
    ObjectNode root = JSON.createObjectNode().put(FORMAT, VERSION);
    ObjectNode hashes = root.putObject(FILES);
    files.forEach((name, bytes) -> hashes.put(name, ContentHash.of(bytes)));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }

  /**
   * The files.
   *
   * @throws GradzooException exit code 3 if there is no saved stage, of another version, or one
   *     that was changed since
   */
  SortedMap<String, byte[]> read() {
    try {
      FileSystem system = path.getFileSystem(hadoop);
      JsonNode contents = JSON.readTree(read(system, CONTENTS));
      if (contents.path(FORMAT).asInt() != VERSION) {
        throw damaged(
            path.toString(), "a stage of version " + VERSION, contents.path(FORMAT).asText("none"));
      }
      SortedMap<String, byte[]> files = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : contents.path(FILES).properties()) {
        byte[] bytes = read(system, entry.getKey());
        String found = ContentHash.of(bytes);
        if (!found.equals(entry.getValue().asText())) {
          throw damaged(
              new Path(path, entry.getKey()).toString(),
              "the file as it was saved, of SHA-256 " + entry.getValue().asText(),
              found);
        }
        files.put(entry.getKey(), bytes);
      }
      if (!files.containsKey(METADATA)) {
        throw damaged(path.toString(), METADATA, "none");
      }
      return files;
    } catch (IOException e) {
      throw damaged(path.toString(), "a saved stage", e.getMessage());
    }
  }

  private byte[] read(FileSystem system, String name) throws IOException {
    if (name.contains("..") || name.startsWith("/")) {
      throw damaged(path.toString(), "files of this folder", name);
    }
    try (FSDataInputStream in = system.open(new Path(path, name))) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw damaged(new Path(path, name).toString(), "a file", "none");
    }
  }

  static GradzooException damaged(String where, String expected, String found) {
    return GradzooException.data(
        Fault.of("load stage")
            .at(where)
            .expected(expected)
            .found(found)
            .fix("fit it again, and save it"));
  }
}
