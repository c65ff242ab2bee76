package io.gradzoo.jobs.session;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * The folder for temporary files that the launcher made for this process, {@code
 * gradzoo-USER/XXXXXX}: what Spark spills and the native libraries that are unpacked. Its file
 * {@code owner} holds the process's id, and the process a lock on it. A killed process leaves its
 * folder; the next command deletes it.
 */
public final class TemporaryFolder {
  static final String OWNER = "owner";

  /** Start times of processes are exact to a second or so. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  /** Priority of the last shutdown hook; Spark's are above. */
  private static final int LAST = 0;

  /** Locks that this process holds until it ends. */
  private static final Map<Path, FileChannel> HELD = new ConcurrentHashMap<>();

  private final Path folder;

  private TemporaryFolder(Path folder) {
    this.folder = folder;
  }

  /** That of this process; none if it was not started by the launcher. */
  public static Optional<TemporaryFolder> own() {
    return at(Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
  }

  static Optional<TemporaryFolder> at(Path folder) {
    return Files.isRegularFile(folder.resolve(OWNER), LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(new TemporaryFolder(folder))
        : Optional.empty();
  }

  /**
   * Locks the folder for as long as this process lives, and deletes those of dead processes beside
   * it. It is deleted when the process ends, after Spark has tidied up. What cannot be deleted is
   * left to the next.
   */
  public void claim() {
    if (HELD.containsKey(folder)) {
      return;
    }
    lock(folder.resolve(OWNER)).ifPresent(lock -> HELD.put(folder, lock));
    ShutdownHookManager.get().addShutdownHook(this::release, LAST);
    try (Stream<Path> siblings = Files.list(folder.getParent())) {
      for (Path sibling : siblings.filter(each -> !each.equals(folder)).toList()) {
        sweep(sibling);
      }
    } catch (IOException e) {
      // Litter harms nobody; the command's own work goes on.
    }
  }

  private void release() {
    try {
      delete(folder);
    } catch (IOException e) {
      // The next command deletes it.
    }
  }

  @SuppressWarnings("try") // the lock is held, not used
  private static void sweep(Path folder) throws IOException {
    Path owner = folder.resolve(OWNER);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        || !Files.isRegularFile(owner, LinkOption.NOFOLLOW_LINKS)
        || alive(owner)) {
      return;
    }
    Optional<FileChannel> lock = lock(owner);
    if (lock.isPresent()) {
      try (FileChannel held = lock.get()) {
        delete(folder);
      }
    }
  }

  /** Whether the process still runs; one that started later and has its id is another. */
  private static boolean alive(Path owner) throws IOException {
    String text = Files.readString(owner).strip();
    if (!text.matches("\\d{1,18}")) {
      return true;
    }
    Instant made = Files.getLastModifiedTime(owner).toInstant();
    return ProcessHandle.of(Long.parseLong(text))
        .map(process -> process.info().startInstant().orElse(Instant.MIN))
        .filter(start -> start.isBefore(made.plus(SLACK)))
        .isPresent();
  }

  /** Locks a file, or nothing if another process has it. */
  private static Optional<FileChannel> lock(Path file) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(channel);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this process has it
    }
  }

  /**
   * Links are deleted, never followed; the owner's file goes last, so that it can be tried again.
   */
  private static void delete(Path folder) throws IOException {
    Path owner = folder.resolve(OWNER);
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.equals(owner)) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, IOException e) throws IOException {
            if (!each.equals(folder)) {
              Files.delete(each);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    for (Path last : List.of(owner, folder)) {
      Files.delete(last);
    }
  }
}
