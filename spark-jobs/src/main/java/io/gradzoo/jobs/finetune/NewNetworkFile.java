package io.gradzoo.jobs.finetune;

import io.gradzoo.datasets.network.NetworkFormat;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A file of one network that is made where nothing stands: whole or not at all, and never in the
 * place of another.
 *
 * @param format by its name
 * @param path where it goes
 * @param unfinished beside it, until all is written
 */
record NewNetworkFile(NetworkFormat format, Path path, Path unfinished) implements AutoCloseable {
  /** What is written into it. */
  interface NetworkContent {
    void write(NetworkFormat format, OutputStream out) throws IOException;
  }

  /**
   * Proves, by writing, that it can be made.
   *
   * @throws GradzooException exit code 2 if its name is of no format that is written, 3 if
   *     something stands there or the folder cannot be written
   */
  static NewNetworkFile begin(Path path) {
    NetworkFormat format = format(path);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw taken(path, null);
    }
    Path unfinished = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
    try {
      Files.createFile(unfinished);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
    return new NewNetworkFile(format, path, unfinished);
  }

  /**
   * The format that a name says.
   *
   * @throws GradzooException exit code 2 if it says none that is written
   */
  static NetworkFormat format(Path path) {
    String name = path.toString();
    if (name.endsWith(NetworkFormat.NPZ.suffix())) {
      return NetworkFormat.NPZ;
    }
    if (name.endsWith(NetworkFormat.SAFETENSORS.suffix())) {
      return NetworkFormat.SAFETENSORS;
    }
    throw GradzooException.usage(
        Fault.of("finetune").at("--out").expected("a name in .npz or .safetensors").found(name));
  }

  /**
   * Makes it.
   *
   * @throws GradzooException exit code 3 if something stands there by now, or it cannot be written
   */
  void publish(NetworkContent content) {
    try {
      try (OutputStream out = Files.newOutputStream(unfinished)) {
        content.write(format, out);
      }
      Files.createLink(path, unfinished); // unlike a move, it never replaces
    } catch (FileAlreadyExistsException e) {
      throw taken(path, e);
    } catch (IOException | UnsupportedOperationException e) {
      throw unwritable(path, e);
    }
  }

  /** Removes what was not finished. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static GradzooException taken(Path path, Exception cause) {
    return GradzooException.data(
        Fault.of("finetune")
            .at(path)
            .expected("nothing there")
            .found("a file")
            .fix("--out with another name"),
        cause);
  }

  private static GradzooException unwritable(Path path, Exception cause) {
    return GradzooException.data(
        Fault.of("finetune")
            .at(path)
            .expected("a place to write")
            .found(cause.getClass().getSimpleName() + ": " + cause.getMessage())
            .fix("--out in a folder that can be written"),
        cause);
  }
}
