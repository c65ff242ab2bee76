package io.gradzoo.jobs.gpu;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.datasets.format.NpzReader;
import io.gradzoo.engine.device.CudaAccelerator;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A folder that can be copied to a machine with a GPU and runs {@code gpu check} and {@code gpu
 * bench} there: a Java runtime, the few jars that they need, without Spark, and a script for each.
 *
 * @param folder that is made; there is none yet
 */
public record GpuBundle(Path folder) {
  private static final String MODULES =
      "java.base,java.logging,java.sql,jdk.incubator.vector,jdk.unsupported";

  /** Classes whose jars are needed; the first three stand for Gradzoo's own. */
  private static final List<Class<?>> NEEDED =
      List.of(
          GpuCheck.class,
          GpuDevice.class,
          NpzReader.class,
          CudaAccelerator.nativeCalls(),
          ObjectMapper.class,
          JsonFactory.class,
          JsonProperty.class);

  private static final String SCRIPT =
      """
      #!/bin/sh
      # --help says what it does.
      here=$(cd "$(dirname "$0")" && pwd) || exit 5
      exec "$here/java/bin/java" --add-modules jdk.incubator.vector -cp "$here/jars/*" %s "$@"
      """;

  /**
   * Makes it, whole or not at all.
   *
   * @param programs the main class of each script
   * @param besides a class of the library that it parses its arguments with
   * @return its size in bytes
   * @throws GradzooException exit code 2 if the folder is there, or cannot be written, or this Java
   *     is no JDK that makes runtimes
   */
  public long make(Map<String, Class<?>> programs, Class<?> besides) {
    Path place = folder.toAbsolutePath();
    if (Files.exists(place)) {
      throw GradzooException.usage(
          fault("a new folder").found("one that is there").fix("name another"));
    }
    try {
      Path making = Files.createTempDirectory(place.getParent(), ".gradzoo-bundle-");
      try {
        fill(making, programs, besides);
        Files.setPosixFilePermissions(making, PosixFilePermissions.fromString("rwxr-xr-x"));
        long size = size(making);
        Files.move(making, place, StandardCopyOption.ATOMIC_MOVE);
        return size;
      } finally {
        delete(making);
      }
    } catch (IOException e) {
      throw GradzooException.usage(fault("a folder that can be written").because(e));
    }
  }

  private Fault fault(String expected) {
    return Fault.of("gpu bundle").at(folder).expected(expected);
  }

  private void fill(Path making, Map<String, Class<?>> programs, Class<?> besides)
      throws IOException {
    link(making.resolve("java"));
    Path jars = Files.createDirectory(making.resolve("jars"));
    for (Class<?> needed : Stream.concat(NEEDED.stream(), Stream.of(besides)).toList()) {
      copy(source(needed), jars.resolve(needed.getSimpleName() + ".jar"));
    }
    for (Map.Entry<String, Class<?>> program : programs.entrySet()) {
      Path script = making.resolve(program.getKey());
      Files.writeString(script, SCRIPT.formatted(program.getValue().getName()));
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private void link(Path runtime) {
    Optional<ToolProvider> jlink = ToolProvider.findFirst("jlink");
    if (jlink.isEmpty()) {
      throw GradzooException.usage(fault("a JDK with jlink").found("a Java without it"));
    }
    StringWriter said = new StringWriter();
    PrintWriter to = new PrintWriter(said);
    int status =
        jlink
            .get()
            .run(
                to,
                to,
                "--add-modules",
                MODULES,
                "--output",
                runtime.toString(),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--compress=2");
    if (status != 0) {
      String complaint = said.toString().strip().lines().findFirst().orElse("it fails");
      throw GradzooException.usage(fault("a JDK whose jlink works").found(complaint));
    }
  }

  /** The jar of a class, or the folder where it is compiled to. */
  private static Path source(Class<?> of) {
    try {
      return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(Path from, Path jar) throws IOException {
    if (Files.isRegularFile(from)) {
      Files.copy(from, jar);
      return;
    }
    try (OutputStream to = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(to);
        Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(from.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
  }

  private static long size(Path folder) throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
