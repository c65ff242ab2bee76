package io.gradzoo.jobs.ml;

import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.FilePlace;
import io.gradzoo.jobs.table.PublishedFolder;
import java.io.IOException;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a saved stage: Spark's metadata as one file and, of a fitted stage, the files of
 * its model beside it, so that it is a run directory too. It appears whole or not at all, and is
 * replaced only while all that stands in it was written by this program.
 */
record SavedStage(FilePlace place) {
  /** Where Spark looks for what class a stage is of. */
  static final String METADATA = "metadata";

  /** What becomes of a stage that stands there. */
  enum Existing {
    KEPT,
    REPLACED
  }

  /**
   * At a path as Spark reads it: one without a scheme is of the default file system.
   *
   * @throws GradzooException exit code 2 if its file system cannot rename folders, 3 if it cannot
   *     be reached
   */
  static SavedStage at(String path, Configuration hadoop) {
    try {
      Path given = new Path(path);
      Path place = given.getFileSystem(hadoop).makeQualified(given);
      boolean local = "file".equals(place.toUri().getScheme());
      return new SavedStage(FilePlace.of(local ? place.toUri().getPath() : place.toString()));
    } catch (IllegalArgumentException e) {
      throw GradzooException.usage(Fault.of("stage").at(path).found("no path: " + e.getMessage()));
    } catch (IOException e) {
      throw GradzooException.data(Fault.of("stage").at(path).found(e.getMessage()), e);
    }
  }

  /**
   * Writes all files, or none.
   *
   * @throws GradzooException exit code 3 if something stands there that is to be kept or was not
   *     written by this program, or it cannot be written
   */
  void write(SortedMap<String, byte[]> files, Existing existing) {
    if (existing == Existing.KEPT && (place.isFile() || place.isFolder())) {
      throw GradzooException.data(
          Fault.of("save stage")
              .at(place)
              .expected("nothing")
              .found("something")
              .fix("another path, or write().overwrite()"));
    }
    place.parent().proveWritable();
    PublishedFolder.at(place).begin().publish(files);
  }

  /**
   * The metadata and other files of one saved stage, of which no byte was changed.
   *
   * @param names of the others
   * @param check of the metadata, before the others are read
   * @throws GradzooException exit code 3 if there is no saved stage, or a file is missing or was
   *     changed
   */
  SortedMap<String, byte[]> read(Collection<String> names, Consumer<byte[]> check) {
    PublishedFolder folder = PublishedFolder.at(place);
    return folder.consistently(
        () -> {
          SortedMap<String, byte[]> files = new TreeMap<>();
          files.put(METADATA, read(folder, METADATA));
          check.accept(files.get(METADATA));
          names.forEach(name -> files.put(name, read(folder, name)));
          return files;
        });
  }

  private byte[] read(PublishedFolder folder, String name) {
    String expected =
        folder
            .published(name)
            .orElseThrow(() -> damaged(place, "a saved stage with a file " + name, "none"));
    FilePlace file = folder.standing().child(name);
    if (!file.isFile()) {
      throw damaged(file, "a file", "none");
    }
    byte[] bytes = file.bytes();
    String found = ContentHash.of(bytes);
    if (!found.equals(expected)) {
      throw damaged(file, "the file as it was saved, of SHA-256 " + expected, found);
    }
    return bytes;
  }

  static GradzooException damaged(FilePlace where, String expected, String found) {
    return GradzooException.data(
        Fault.of("load stage")
            .at(where)
            .expected(expected)
            .found(found)
            .fix("fit it again, and save it"));
  }
}
