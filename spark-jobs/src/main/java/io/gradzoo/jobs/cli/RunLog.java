package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.session.TemporaryFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The log of what Spark, Java and native libraries print during one run. It is created with the
 * first line, in a folder that only the user can read; only the newest are kept.
 */
final class RunLog {
  private static final int MOST_KEPT = 20;
  private static final String SUFFIX = ".log";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Path ours;
  private final PrintStream stream =
      new PrintStream(new RedactingStream(new Late()), true, StandardCharsets.UTF_8);
  private Path path;

  RunLog(Path ours) {
    this.ours = ours;
  }

  /** In the folder that the launcher made, or one like it in the system's temporary folder. */
  static RunLog inTemporaryFolder() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    String user = System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9_.-]", "_");
    return new RunLog(
        TemporaryFolder.own().isPresent()
            ? temporary.getParent()
            : temporary.resolve("gradzoo-" + user));
  }

  /** Where everything goes that is said. */
  PrintStream stream() {
    return stream;
  }

  /** The file, if anything was said. */
  synchronized Optional<Path> path() {
    return Optional.ofNullable(path);
  }

  private synchronized OutputStream open() throws IOException {
    Path folder = folder();
    prune(folder);
    String name =
        LocalDateTime.now(ZoneOffset.UTC).format(TIME) + "-" + ProcessHandle.current().pid();
    Path file = folder.resolve(name + SUFFIX);
    OutputStream out =
        java.nio.channels.Channels.newOutputStream(
            Files.newByteChannel(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------"))));
    path = file;
    return out;
  }

  /** The user's own folder, or a new one if something else has its name. */
  private Path folder() throws IOException {
    Path folder = ours.resolve("logs");
    try {
      makePrivate(ours);
      makePrivate(folder);
      return folder;
    } catch (IOException e) {
      return Files.createTempDirectory(ours.getParent(), ours.getFileName() + "-");
    }
  }

  private static void makePrivate(Path folder) throws IOException {
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
    } catch (FileAlreadyExistsException e) {
      boolean real = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
      var owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
      if (!real || !owner.equals(self(folder))) {
        throw new IOException(folder + " is somebody else's", e);
      }
      Files.setPosixFilePermissions(folder, ownerOnly);
    }
  }

  /** The owner of what this process makes. */
  private static Object self(Path sibling) throws IOException {
    Path probe = Files.createTempFile(sibling.toAbsolutePath().getParent(), ".gradzoo", null);
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }

  private static void prune(Path folder) throws IOException {
    List<Path> logs;
    try (Stream<Path> files = Files.list(folder)) {
      logs =
          files
              .filter(file -> file.toString().endsWith(SUFFIX))
              .sorted(Comparator.comparing(Path::toString).reversed())
              .toList();
    }
    for (Path old : logs.subList(Math.min(MOST_KEPT - 1, logs.size()), logs.size())) {
      Files.deleteIfExists(old);
    }
  }

  /** Opens the file at the first byte; if that cannot be, nothing is kept. */
  private final class Late extends OutputStream {
    private OutputStream out;

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      if (out == null) {
        out = opened();
      }
      out.write(bytes, offset, length);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    private OutputStream opened() {
      try {
        return open();
      } catch (IOException | UnsupportedOperationException e) {
        return OutputStream.nullOutputStream();
      }
    }
  }
}
