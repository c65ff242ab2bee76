package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a long job keeps its progress, so that it can go on after its process died: {@code
 * .digits-scalegmn.checkpoints/round-000012.safetensors}, beside the folder that it will publish. A
 * checkpoint appears whole, by a rename, or not at all, and the newest few are kept. While the
 * folder is open no other process can open it. Files of other names are nobody's business.
 */
public final class CheckpointFolder implements AutoCloseable {
  /** Beside the newest one, in case it is damaged. */
  private static final int KEPT = 2;

  private static final String JOB = "train";
  private static final String SUFFIX = ".new";
  private static final String NAMES = "(round-\\d{6,10}\\.safetensors|trainings-\\d{6,10}\\.json)";
  private static final Pattern COMPLETE = Pattern.compile(NAMES);
  private static final Pattern UNFINISHED = Pattern.compile(NAMES + "\\.new");
  private static final int BUFFER = 1 << 16;

  private final FileSystem files;
  private final Path folder;
  private StagingLock lock;

  private CheckpointFolder(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /** Writes the bytes of a checkpoint. */
  @FunctionalInterface
  public interface Content {
    /** Writes them all; leaves the stream open. */
    void write(OutputStream out) throws IOException;
  }

  /**
   * Opens the checkpoints of what is to be published at a place, and deletes unfinished ones.
   *
   * @param command for messages, such as {@code train scalegmn}
   * @throws GradzooException exit code 3 if a living process has them open, or they cannot be read
   */
  static CheckpointFolder open(FileSystem given, Path place, String command) {
    FileSystem files = OwnFolder.raw(given);
    Path folder = new Path(place.getParent(), "." + place.getName() + ".checkpoints");
    CheckpointFolder opened = new CheckpointFolder(files, folder);
    opened.during(
        "opened",
        () -> {
          if (OwnFolder.link(files, folder)) {
            throw new IOException("a symbolic link stands there");
          }
          opened.lock = StagingLock.take(files, folder, JOB, command);
        });
    try {
      opened.during("cleared", () -> deleteAll(files, folder, UNFINISHED));
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  /** Names of the checkpoints, the newest first. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    during(
        "read",
        () -> {
          for (FileStatus file : files.listStatus(folder)) {
            String name = file.getPath().getName();
            if (!OwnFolder.link(files, file.getPath()) && COMPLETE.matcher(name).matches()) {
              names.add(name);
            }
          }
        });
    names.sort(
        Comparator.comparingInt(String::length)
            .thenComparing(Comparator.naturalOrder())
            .reversed());
    return names;
  }

  /** Whether another process took this one for dead, and opened it. */
  public boolean takenOver() {
    try {
      return !lock.held();
    } catch (IOException e) {
      return false;
    }
  }

  /** Where a checkpoint stands, for messages. */
  public String shown(String name) {
    return Folder.shown(new Path(folder, name));
  }

  /**
   * The bytes of a checkpoint.
   *
   * @throws GradzooException exit code 3 if it cannot be read
   */
  public byte[] read(String name) {
    try (InputStream in = files.open(new Path(folder, name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /**
   * Adds the checkpoint of a round, or replaces it, and forgets the oldest.
   *
   * @throws GradzooException exit code 3 if it cannot be written, or was taken over; those before
   *     it stay
   */
  public void write(int round, Content content) {
    write(String.format(Locale.ROOT, "round-%06d.safetensors", round), content);
  }

  /**
   * Likewise one of another job.
   *
   * @param name such as {@code trainings-000012.json}, of a number that grows
   */
  public void write(String name, Content content) {
    Path file = new Path(folder, name);
    Path unfinished = file.suffix(SUFFIX);
    during(
        "written",
        () -> {
          try (OutputStream out =
              new BufferedOutputStream(files.create(unfinished, true), BUFFER)) {
            content.write(out);
          }
          lock.requireHeld();
          files.delete(file, false);
          Publication.move(files, unfinished, file);
          List<String> names = names();
          for (String old : names.subList(Math.min(KEPT, names.size()), names.size())) {
            files.delete(new Path(folder, old), false);
          }
        });
  }

  /** Deletes all checkpoints, unless another has taken over: what they were for is published. */
  public void delete() {
    during(
        "deleted",
        () -> {
          if (lock.held()) {
            deleteAll(files, folder, COMPLETE);
          }
        });
  }

  /** Lets others open it; the folder goes if nothing is left in it. */
  @Override
  public void close() {
    during(
        "closed",
        () -> {
          lock.release();
          deleteIfEmpty(files, folder);
        });
  }

  /** Whether a name is that of a folder of checkpoints. */
  static boolean named(String name) {
    return name.startsWith(".") && name.endsWith(".checkpoints");
  }

  /** Whether nothing but checkpoints may have that name, finished or not. */
  static boolean owns(String name) {
    return COMPLETE.matcher(name).matches() || UNFINISHED.matcher(name).matches();
  }

  /** Deletes the checkpoints in a folder whose work nobody goes on with. */
  static void remove(FileSystem files, Path folder) throws IOException {
    deleteAll(files, folder, COMPLETE);
    deleteAll(files, folder, UNFINISHED);
    deleteIfEmpty(files, folder);
  }

  private static void deleteAll(FileSystem files, Path folder, Pattern names) throws IOException {
    for (FileStatus file : files.listStatus(folder)) {
      if (file.isFile() && names.matcher(file.getPath().getName()).matches()) {
        files.delete(file.getPath(), false);
      }
    }
  }

  private static void deleteIfEmpty(FileSystem files, Path folder) throws IOException {
    if (files.exists(folder) && files.listStatus(folder).length == 0) {
      files.delete(folder, false);
    }
  }

  private void during(String verb, FileWork work) {
    try {
      work.run();
    } catch (IOException e) {
      throw failure(verb, e);
    } catch (FSError e) { // what Hadoop makes of a write that this machine's disk refuses
      throw failure(verb, new IOException(e.getCause().getMessage(), e));
    }
  }

  private GradzooException failure(String verb, IOException e) {
    return GradzooException.data(
        Fault.of("checkpoints")
            .at(Folder.shown(folder))
            .found("cannot be %s: %s", verb, TableFailures.reason(e))
            .fix("make room there, or let it be %s", verb),
        e);
  }
}
