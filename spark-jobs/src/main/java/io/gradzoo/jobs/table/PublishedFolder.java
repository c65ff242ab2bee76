package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder of a few small files that is replaced as a whole: at any moment, whatever fails, a
 * reader finds all files of one version. How: {@link Publication}; what may be replaced: {@link
 * OwnFolder}.
 */
public final class PublishedFolder {
  /** The file in it that says what this program wrote there. */
  public static final String MARKER = Marker.NAME;

  private static final int MOST_READINGS = 100;

  private final FileSystem files;
  private final Path place;

  PublishedFolder(FileSystem files, Path place) {
    this.files = files;
    this.place = place;
  }

  /** The folder at a place, which may be empty yet. */
  public static PublishedFolder at(FilePlace place) {
    return new PublishedFolder(place.files(), place.path());
  }

  /** The folder at a place of this machine, which may be empty yet. */
  public static PublishedFolder at(java.nio.file.Path place) {
    return at(FilePlace.local(place));
  }

  /**
   * Opens the checkpoints of the work that will publish it.
   *
   * @param command for messages, such as {@code train scalegmn}
   * @throws GradzooException exit code 3 if a living process has them open, or they cannot be read
   */
  public CheckpointFolder checkpoints(String command) {
    return CheckpointFolder.open(files, place, command);
  }

  /** Where its files stand: in its place, or aside while it is being replaced. */
  public FilePlace standing() {
    try {
      return new FilePlace(files, Publication.standing(files, place));
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /** Identity of the current content; empty if there is none of this program's. */
  public Optional<String> version() {
    try {
      return Publication.version(files, place);
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /** The SHA-256, hex, that a file had when it was published; empty if that is not known. */
  public Optional<String> published(String name) {
    try {
      return Marker.read(files, Publication.standing(files, place))
          .map(marker -> marker.sha256().get(name));
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /**
   * Reads again if another version was published meanwhile, or if what was to be read was moved
   * aside while it was.
   */
  public <T> T consistently(Supplier<T> reading) {
    for (int i = 1; ; i++) {
      Look before = look();
      try {
        T result = reading.get();
        if (before.version.equals(version())) {
          return result;
        }
      } catch (GradzooException e) {
        if (before.equals(look())) {
          throw e;
        }
      }
      if (i == MOST_READINGS) {
        throw failure("read", new IOException("it is replaced all the time"));
      }
    }
  }

  /**
   * Looks at the content to be replaced; replacements that dead processes left unfinished are
   * finished.
   *
   * @throws GradzooException exit code 3 if anything stands there that this program did not write
   */
  public Replacement begin() {
    try {
      Publication.sweep(files, place.getParent());
      OwnFolder.require(files, place);
      return new Replacement(Publication.version(files, place));
    } catch (IOException e) {
      throw failure("written", e);
    }
  }

  private Look look() {
    return new Look(standing(), version());
  }

  /** What stands, and where. */
  private record Look(FilePlace standing, Optional<String> version) {}

  private GradzooException failure(String verb, IOException e) {
    return GradzooException.data(
        Fault.of("run")
            .at(Folder.shown(place))
            .found("cannot be %s: %s", verb, TableFailures.reason(e))
            .fix("make room there, or let it be " + verb),
        e);
  }

  /** The next version of a folder. */
  public final class Replacement {
    private Optional<String> replaced;

    private Replacement(Optional<String> replaced) {
      this.replaced = replaced;
    }

    /**
     * Refuses to go on if the current version is not the one that was read.
     *
     * @throws GradzooException exit code 3
     */
    public Replacement requireVersion(Optional<String> version) {
      Publication.requireSame(replaced, version, place);
      return this;
    }

    /**
     * Replaces the folder by one with these files.
     *
     * @throws GradzooException exit code 3 if another command published meanwhile, something
     *     foreign stands there, or it cannot be written
     */
    public void publish(SortedMap<String, byte[]> contents) {
      Publication publication = Publication.of(files, place);
      try {
        files.mkdirs(publication.fresh());
        Marker.of(contents).write(files, publication.fresh());
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
          try (OutputStream out =
              files.create(new Path(publication.fresh(), file.getKey()), false)) {
            out.write(file.getValue());
          }
        }
        publication.publish(replaced);
        replaced = Publication.version(files, place);
      } catch (IOException e) {
        publication.abandon();
        throw failure("written", e);
      } catch (FSError e) { // what Hadoop makes of a write that this machine's disk refuses
        publication.abandon();
        throw failure("written", new IOException(e.getCause().getMessage(), e));
      } catch (RuntimeException e) {
        publication.abandon();
        throw e;
      }
    }

    /** Replaces the folder by one with the same files and one more, or another of that name. */
    public void add(String name, byte[] content) {
      SortedMap<String, byte[]> contents = new TreeMap<>();
      try {
        Path standing = Publication.standing(files, place);
        Optional<Marker> marker = Marker.read(files, standing);
        for (String file : marker.map(m -> m.files().keySet()).orElseThrow()) {
          Path path = new Path(standing, file);
          if (files.exists(path)) {
            try (InputStream in = files.open(path)) {
              contents.put(file, in.readAllBytes());
            }
          }
        }
      } catch (IOException e) {
        throw failure("read", e);
      }
      contents.put(name, content);
      publish(contents);
    }
  }
}
