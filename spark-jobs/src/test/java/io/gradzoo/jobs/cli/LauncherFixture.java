package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** deploy/bin/gradzoo in a make-believe checkout, with programs that print how they were called. */
abstract class LauncherFixture {
  static final String SUBMIT = "io.gradzoo.jobs.cli.Submit";
  static final String MAIN = "io.gradzoo.jobs.cli.Main";
  static final String JDK = "openjdk version \"17.0.1\"";

  @TempDir Path home;

  @BeforeEach
  void layOut() throws IOException {
    Files.createDirectories(home.resolve("deploy/bin"));
    for (String file : List.of("deploy/bin/gradzoo", "deploy/jvm.options")) {
      Files.copy(Path.of("..").resolve(file), home.resolve(file));
    }
    for (String module : List.of("engine", "datasets", "spark-jobs")) {
      Files.createDirectories(home.resolve(module).resolve("src/main"));
      Files.writeString(home.resolve(module).resolve("pom.xml"), "");
    }
    Files.writeString(home.resolve("pom.xml"), "");
    Path target = Files.createDirectories(home.resolve("spark-jobs/target"));
    Files.writeString(target.resolve("gradzoo-spark-jobs.jar"), "");
    Path jars = Files.createDirectories(home.resolve("m2"));
    Path picocli = Files.writeString(jars.resolve("picocli-4.7.7.jar"), "");
    Path spark = Files.writeString(jars.resolve("spark-core_2.12-3.5.7.jar"), "");
    Files.writeString(target.resolve("classpath.txt"), picocli + ":" + spark);
    Files.writeString(stamp(), home + " " + JDK);
    program("jdk/bin/java", "java");
    program("bin/mvn", "mvn");
    program("spark/bin/spark-submit", "spark-submit");
    Files.createDirectories(home.resolve("spark/jars"));
    Files.writeString(home.resolve("spark/jars/spark-core_2.12-3.5.1.jar"), "");
  }

  Path archive() {
    return home.resolve("spark-jobs/target/classes.jsa");
  }

  Path stamp() {
    return home.resolve("spark-jobs/target/classes.jsa.for");
  }

  static String option(Call call, String start) {
    return call.arguments().stream()
        .filter(each -> each.startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  Path temporary() throws IOException {
    return Files.createDirectories(home.resolve("temporary files"));
  }

  /** How the last program was called, and what the launcher said and returned. */
  record Call(String program, List<String> arguments, String errors, int status) {}

  Path launcher() {
    return home.resolve("deploy/bin/gradzoo");
  }

  Call call(Map<String, String> environment, String... arguments) throws Exception {
    return call(launcher(), environment, arguments);
  }

  Call call(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
    Files.deleteIfExists(home.resolve("calls"));
    List<String> command = new ArrayList<>(List.of("bash", launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("SPARK_HOME");
    builder.environment().remove("GRADZOO_DRIVER_MEMORY");
    builder.environment().remove("SPARK_LOCAL_IP");
    builder.environment().put("JAVA_HOME", home + "/jdk");
    builder.environment().put("TMPDIR", temporary().toString());
    builder.environment().put("PATH", home + "/bin:" + System.getenv("PATH"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    List<String> lines =
        Files.exists(home.resolve("calls")) ? Files.readAllLines(home.resolve("calls")) : List.of();
    int last = Math.max(lines.lastIndexOf("java"), lines.lastIndexOf("spark-submit"));
    return last < 0
        ? new Call("", List.of(), errors, process.exitValue())
        : new Call(
            lines.get(last), lines.subList(last + 1, lines.size()), errors, process.exitValue());
  }

  private void program(String path, String name) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        #!/bin/bash
        [[ $1 == -version ]] && echo '%3$s' >&2 && exit
        for argument in "$@"; do
          [[ $argument != -XX:ArchiveClassesAtExit=* ]] || echo classes >"${argument#*=}"
        done
        echo "${LC_ALL:-}" >%2$s/locale
        echo "${SPARK_LOCAL_IP:-}" >%2$s/address
        printf '%%s\\n' %1$s "$@" >>%2$s/calls
        """
            .formatted(name, home, JDK));
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  String jar() {
    return home + "/spark-jobs/target/gradzoo-spark-jobs.jar";
  }

  String classPath() throws IOException {
    return Files.readString(home.resolve("spark-jobs/target/classpath.txt"));
  }
}
