package io.gradzoo.jobs.published;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.Unpacking;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * The folder that an import reads, on any file system of Hadoop's. Nothing outside of it is read:
 * names lead to files below it, and links that lead out of it are refused.
 */
final class SourceFolder {
  private static final String ACTION = "zoo import";
  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final FileSystem files;

  /**
   * @param folder with or without a scheme
   * @throws io.gradzoo.datasets.DataException if it is no name of a folder
   */
  SourceFolder(String folder) {
    Place place = Place.of(ACTION, folder);
    try {
      this.folder = new Path(folder);
      this.files = this.folder.getFileSystem(hadoop());
    } catch (IOException e) {
      throw place.unreadable(e);
    } catch (IllegalArgumentException e) {
      throw place.fault("a folder", Place.quote(folder), "give the folder of the zoo's files");
    }
  }

  /**
   * Refuses a folder that an export has not finished.
   *
   * @throws io.gradzoo.datasets.DataException if it is one
   */
  SourceFolder requireFinished() {
    if (find(ExportFolder.UNFINISHED).isPresent()) {
      throw place(ExportFolder.UNFINISHED)
          .fault("a complete export", "one that was cut short", "export the zoo again, elsewhere");
    }
    return this;
  }

  /** Settings of Hadoop in this process, be it a driver or an executor. */
  static Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
  }

  /** The place of a file, for messages. */
  Place place(String name) {
    return Place.of(ACTION, new Path(folder, name).toString());
  }

  /**
   * What is known of a file without reading it.
   *
   * @return nothing if there is no file of this name
   * @throws io.gradzoo.datasets.DataException if the name or a link leads out of the folder
   */
  Optional<FileVersion> find(String name) {
    try {
      FileStatus status = files.getFileStatus(path(name));
      if (!status.isFile()) {
        return Optional.empty();
      }
      requireInside(name);
      return Optional.of(new FileVersion(status.getLen(), status.getModificationTime()));
    } catch (FileNotFoundException | NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw place(name).unreadable(e);
    }
  }

  /**
   * A file that must be there.
   *
   * @throws io.gradzoo.datasets.DataException as {@link #find}, and if there is none
   */
  FileVersion require(String name, String fix) {
    return find(name).orElseThrow(() -> place(name).fault("a file of this name", "none", fix));
  }

  /** The relative names of all files that end so, sorted. */
  List<String> list(String suffix) {
    List<String> names = new ArrayList<>();
    try {
      String root = files.makeQualified(folder).toUri().getPath();
      RemoteIterator<LocatedFileStatus> found = files.listFiles(folder, true);
      while (found.hasNext()) {
        String path = found.next().getPath().toUri().getPath();
        String name = path.substring(root.endsWith("/") ? root.length() : root.length() + 1);
        if (name.endsWith(suffix)) {
          names.add(name);
        }
      }
    } catch (IOException e) {
      throw Place.of(ACTION, folder.toString()).unreadable(e);
    }
    Collections.sort(names);
    return names;
  }

  /** A file's bytes, which can be gone through again from their start by {@code reset}. */
  InputStream open(String name) throws IOException {
    requireInside(name);
    return new BufferedInputStream(files.open(path(name)), BUFFER);
  }

  /** A text file, unpacked if it is packed. */
  InputStream text(String name) throws IOException {
    long length = files.getFileStatus(path(name)).getLen();
    InputStream in = open(name);
    try {
      return Unpacking.plainOrUnpacked(place(name), in, length);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** A file to read from anywhere in it. */
  HadoopChannel channel(String name) throws IOException {
    requireInside(name);
    long length = files.getFileStatus(path(name)).getLen();
    return new HadoopChannel(files.open(path(name), BUFFER), length);
  }

  /** SHA-256 of a file's bytes, in hex. */
  String checksum(String name) {
    try (InputStream in = open(name)) {
      MessageDigest digest = sha256();
      byte[] portion = new byte[1 << 20];
      for (int read = in.read(portion); read >= 0; read = in.read(portion)) {
        digest.update(portion, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw place(name).unreadable(e);
    }
  }

  /**
   * Copies a file to this machine.
   *
   * @param to replaced
   * @param most bytes; of a larger file the beginning is copied, and one byte more
   * @return SHA-256 of what was copied, in hex
   */
  String copy(String name, java.nio.file.Path to, long most) {
    try (InputStream in = open(name);
        DigestInputStream hashed = new DigestInputStream(in, sha256())) {
      try (java.io.OutputStream out = Files.newOutputStream(to)) {
        byte[] portion = new byte[BUFFER];
        long left = most + 1;
        for (int read = hashed.read(portion, 0, (int) Math.min(left, BUFFER));
            read > 0;
            read = hashed.read(portion, 0, (int) Math.min(left, BUFFER))) {
          out.write(portion, 0, read);
          left -= read;
        }
      }
      return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
    } catch (IOException e) {
      throw place(name).unreadable(e);
    }
  }

  private Path path(String name) {
    boolean inside =
        !name.isEmpty()
            && !name.startsWith("/")
            && name.indexOf(':') < 0
            && List.of(name.split("/", -1)).stream()
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    if (!inside) {
      throw Place.of(ACTION, folder.toString())
          .fault(
              "relative names of files in the folder",
              Place.quote(name),
              "move the files into the folder");
    }
    return new Path(folder, name);
  }

  /** Of the local file system, which alone has links. */
  private void requireInside(String name) throws IOException {
    if (!files.getUri().getScheme().equals("file")) {
      return;
    }
    java.nio.file.Path root = java.nio.file.Path.of(files.makeQualified(folder).toUri().getPath());
    java.nio.file.Path file = root.resolve(name);
    if (Files.exists(file) && !file.toRealPath().startsWith(root.toRealPath())) {
      throw place(name)
          .fault("a file in the folder", "a link that leads out of it", "put the file itself here");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
