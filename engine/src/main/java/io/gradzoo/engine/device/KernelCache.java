package io.gradzoo.engine.device;

import io.gradzoo.engine.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Compiled kernels in a folder, each in a file named by a hash of all that it was made of. A file
 * appears whole or not at all, so several programs may share a folder.
 *
 * @param folder made when it is first written to
 */
public record KernelCache(Path folder) {

  /**
   * The folder that the property {@code gradzoo.kernels} names, or {@code
   * ~/.cache/gradzoo/kernels}.
   */
  public static KernelCache ofUser() {
    String named = System.getProperty("gradzoo.kernels");
    return new KernelCache(
        named == null
            ? Path.of(System.getProperty("user.home"), ".cache", "gradzoo", "kernels")
            : Path.of(named));
  }

  /** Makes a file. */
  interface Compiler {
    void compile(Path to) throws IOException;
  }

  /**
   * The file that was made of something, or is now.
   *
   * @param ending of the file's name
   * @param of all that the file depends on
   * @throws io.gradzoo.engine.fault.FaultException if it can be neither read nor written
   */
  Path get(String ending, String of, Compiler compiler) {
    Path file = folder.resolve(hash(of) + ending);
    if (Files.isRegularFile(file)) {
      return file;
    }
    try {
      Files.createDirectories(folder);
      Path beside = Files.createTempFile(folder, "making-", ending);
      try {
        compiler.compile(beside);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
      return file;
    } catch (IOException e) {
      throw Fault.of("kernels")
          .at(folder)
          .expected("a folder for compiled kernels")
          .because(e)
          .exception();
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
