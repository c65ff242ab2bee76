package io.gradzoo.jobs;

import io.gradzoo.engine.fault.Fault;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A folder of this machine that results go to.
 *
 * @param what goes there, for messages
 * @param path of the folder
 * @param key of the config that names it
 */
public record OutputFolder(String what, Path path, String key) {
  private static final int PROBE_BYTES = 4096;

  /**
   * Makes the folder if need be and proves, by writing, that it can be written. Long work calls
   * this before it starts.
   *
   * @throws GradzooException exit code 3 if something else stands there or it cannot be written
   */
  public void prepare() {
    try {
      for (Path part = path.toAbsolutePath(); part != null; part = part.getParent()) {
        if (Files.exists(part)) {
          requireFolder(part);
          break;
        }
      }
      Files.createDirectories(path);
      if (!Files.isWritable(path)) {
        throw new FileSystemException(path.toString(), null, "no permission");
      }
      probe();
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** What to say of a failed write to something in the folder. */
  public GradzooException unwritable(Path place, IOException e) {
    return GradzooException.data(
        Fault.of(what)
            .at(place)
            .found("cannot be written: " + reason(e))
            .fix("check %s, the disk and its permissions", key),
        e);
  }

  private void probe() throws IOException {
    Path probe = path.resolve(".gradzoo-probe-" + UUID.randomUUID());
    try {
      Files.write(probe, new byte[PROBE_BYTES], StandardOpenOption.CREATE_NEW);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private void requireFolder(Path part) {
    if (!Files.isDirectory(part)) {
      throw GradzooException.data(
          Fault.of(what)
              .at(part)
              .expected("a folder")
              .found("a file")
              .fix("move it away or choose another %s", key));
    }
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
