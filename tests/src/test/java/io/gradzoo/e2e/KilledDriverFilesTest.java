package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher with real drivers, of this JVM's class path, in a place with a space in its name.
 */
class KilledDriverFilesTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Duration LONGEST = Duration.ofMinutes(2);

  @TempDir Path folder;
  private Path home;
  private Path temporary;

  @BeforeEach
  void layOut() throws IOException {
    home = folder.resolve("grad zoo");
    temporary = Files.createDirectories(folder.resolve("temporary files"));
    for (String file :
        List.of(
            "deploy/bin/gradzoo",
            "deploy/jvm.options",
            "conf/digits.conf",
            "conf/log4j2.properties")) {
      Files.createDirectories(home.resolve(file).getParent());
      Files.copy(HOME.resolve(file), home.resolve(file));
    }
    Files.writeString(home.resolve("pom.xml"), "");
    for (String module : List.of("engine", "datasets", "spark-jobs")) {
      Files.createDirectories(home.resolve(module).resolve("src/main"));
      Files.writeString(home.resolve(module).resolve("pom.xml"), "");
    }
    Path target = Files.createDirectories(home.resolve("spark-jobs/target"));
    Files.writeString(target.resolve("classpath.txt"), ChildGradzoo.classPath());
    try (OutputStream out = Files.newOutputStream(target.resolve("gradzoo-spark-jobs.jar"))) {
      new JarOutputStream(out, new Manifest()).close();
    }
    Files.writeString(
        target.resolve("classes.jsa.for"), home.toRealPath() + " " + jdk()); // made, and lost
  }

  /** What the launcher knows of the JDK in JAVA_HOME. */
  private static String jdk() throws IOException {
    Path bin = Path.of(System.getProperty("java.home"), "bin/java").toRealPath().getParent();
    return bin + "/../release " + Files.readString(bin.resolve("../release"));
  }

  @Test
  void theNextCommandDeletesWhatAKilledDriverLeftAndItsOwnFilesAtItsEnd() throws Exception {
    Process killed = start("zoo", "generate");
    try {
      awaitBlocks(killed);
      Path ours = temporary.resolve("gradzoo-" + Files.getAttribute(folder, "unix:uid"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ours)))
          .isEqualTo("rwx------");
    } finally {
      killed.destroyForcibly().waitFor();
    }
    assertThat(found("blockmgr-")).isNotEmpty();

    Process next = start("zoo", "list");
    assertThat(next.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();

    assertThat(next.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
    try (Stream<Path> left = Files.walk(temporary)) {
      assertThat(left.filter(Files::isRegularFile))
          .allMatch(file -> file.getParent().endsWith("logs"));
    }
  }

  private void awaitBlocks(Process driver) throws Exception {
    Instant deadline = Instant.now().plus(LONGEST);
    while (found("blockmgr-").isEmpty()) {
      assertThat(driver.isAlive() && Instant.now().isBefore(deadline))
          .as(Files.readString(folder.resolve("log")))
          .isTrue();
      Thread.sleep(50);
    }
  }

  private List<Path> found(String prefix) throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path ours : listed(temporary)) {
      for (Path process : listed(ours)) {
        listed(process).stream()
            .filter(file -> file.getFileName().toString().startsWith(prefix))
            .forEach(all::add);
      }
    }
    return all;
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  private Process start(String... command) throws IOException {
    List<String> line =
        Stream.concat(
                Stream.of("bash", home + "/deploy/bin/gradzoo", "--master", "local[1]"),
                new Workplace(folder).arguments(command).stream())
            .toList();
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().remove("SPARK_LOCAL_DIRS");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("TMPDIR", temporary.toString());
    builder.environment().put("GRADZOO_DRIVER_MEMORY", "1g");
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
  }
}
