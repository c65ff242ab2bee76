package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** deploy/bin/gradzoo in a make-believe checkout, with programs that print how they were called. */
class LauncherTest {
  private static final String MAIN = "io.gradzoo.jobs.cli.Main";

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
    Files.writeString(
        target.resolve("classpath.txt"), "/m2/picocli-4.7.7.jar:/m2/spark-core_2.12-3.5.7.jar");
    program("jdk/bin/java", "java");
    program("bin/mvn", "mvn");
    program("spark/bin/spark-submit", "spark-submit");
    Files.createDirectories(home.resolve("spark/jars"));
    Files.writeString(home.resolve("spark/jars/spark-core_2.12-3.5.1.jar"), "");
  }

  @Test
  void jobsAreSubmittedFromMavensJars() throws Exception {
    Call call = call(Map.of(), "--master", "local[3]", "--conf", "a=b c", "zoo", "list", "--debug");

    assertThat(call.status).isZero();
    assertThat(call.program).isEqualTo("java");
    assertThat(call.arguments)
        .contains("-Xmx3g", "--add-modules=jdk.incubator.vector", "-Dgradzoo.home=" + home)
        .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
        .containsSequence("--master", "local[3]", "--driver-memory", "3g", "--class", MAIN)
        .containsSequence("--conf", "a=b c")
        .endsWith(jar(), "zoo", "list", "--debug");
    assertThat(call.arguments)
        .contains("spark.executor.extraClassPath=" + jar() + ":" + classPath())
        .anyMatch(a -> a.startsWith("spark.executor.extraJavaOptions=") && a.contains("vector"));
  }

  @Test
  void driverAndExecutorsHaveTheSameOptionsOneALine() throws Exception {
    Files.writeString(home.resolve("deploy/jvm.options"), "# why\n-Xa=1\n\n# why\n-Xb");

    assertThat(call(Map.of(), "demo").arguments)
        .containsSequence("-Xmx3g", "-Xa=1", "-Xb")
        .contains("spark.executor.extraJavaOptions=-Xa=1 -Xb");
  }

  @Test
  void withoutOptionsNothingIsStarted() throws Exception {
    Files.delete(home.resolve("deploy/jvm.options"));

    Call call = call(Map.of(), "demo");

    assertThat(call.status).isEqualTo(5);
    assertThat(call.program).isEmpty();
    assertThat(call.errors).contains(home + "/deploy/jvm.options, found none").hasLineCount(1);
  }

  @Test
  void allCoresAreTheDefault() throws Exception {
    assertThat(call(Map.of("GRADZOO_DRIVER_MEMORY", "5g"), "demo").arguments)
        .contains("-Xmx5g")
        .containsSequence("--master", "local[*]", "--driver-memory", "5g");
  }

  @Test
  void aDistributionsSparkSubmitIsUsedWithTheJarsItLacks() throws Exception {
    Call call = call(Map.of("SPARK_HOME", home + "/spark"), "--master=yarn", "demo");

    assertThat(call.program).isEqualTo("spark-submit");
    assertThat(call.arguments)
        .containsSequence("--master", "yarn")
        .containsSequence("--jars", "/m2/picocli-4.7.7.jar", jar(), "demo");
  }

  @Test
  void commandsWithoutJobsStartWithoutSpark() throws Exception {
    for (List<String> words :
        List.of(
            List.<String>of(),
            List.of("--help"),
            List.of("zoo", "list", "-h"),
            List.of("--version"),
            List.of("config", "show"),
            List.of("--set", "zoo.runs=3", "config", "show"),
            List.of("completion"))) {
      Call call = call(Map.of(), words.toArray(String[]::new));

      assertThat(call.arguments).doesNotContain("org.apache.spark.deploy.SparkSubmit");
      assertThat(call.arguments.subList(call.arguments.indexOf(MAIN) + 1, call.arguments.size()))
          .isEqualTo(words);
    }
  }

  @Test
  void benchmarksRunWithoutSparkOnTheVectorApi() throws Exception {
    Call call = call(Map.of(), "bench", "scalegmn", "--preset", "digits", "--batch", "8");

    assertThat(call.arguments)
        .contains("-Xmx3g", "--add-modules=jdk.incubator.vector")
        .doesNotContain("org.apache.spark.deploy.SparkSubmit", "-XX:TieredStopAtLevel=1")
        .endsWith(MAIN, "bench", "scalegmn", "--preset", "digits", "--batch", "8");
  }

  @Test
  void mistakesInSparksOwnOptionsAreNamed() throws Exception {
    assertThat(call(Map.of(), "--master").errors)
        .isEqualTo("gradzoo: --master: expected a value, found nothing\n");
    Call call = call(Map.of(), "--master", "locl[2]", "demo");
    assertThat(call.status).isEqualTo(2);
    assertThat(call.errors).contains("found \"locl[2]\"");
  }

  @Test
  void whatIsForSparkIsRefusedWhereThereIsNone() throws Exception {
    for (String command : List.of("config", "completion", "bench")) {
      for (String option : List.of("--master=local[2]", "--conf=a=b")) {
        Call call = call(Map.of(), option, command, "x");

        assertThat(call.program).isEmpty();
        assertThat(call.errors)
            .startsWith(
                "gradzoo: " + command + ": " + option.replaceFirst("=.*", "") + ": expected");
      }
    }
    assertThat(call(Map.of(), "--master=local[2]", "bench", "--help").program).isNotEmpty();
  }

  @Test
  void aNewerSourceIsBuiltFirst() throws Exception {
    Path source = Files.writeString(home.resolve("engine/src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    Call call = call(Map.of(), "demo");

    assertThat(call.errors).isEqualTo("gradzoo: building…\n");
    assertThat(Files.readAllLines(home.resolve("calls")))
        .startsWith("mvn", "-B", "-q", "-DskipTests");
    assertThat(call.program).isEqualTo("java");
  }

  @Test
  void aFailedBuildNamesItsFirstError() throws Exception {
    Files.delete(home.resolve("spark-jobs/target/classpath.txt"));
    Files.writeString(home.resolve("bin/mvn"), "#!/bin/bash\necho '[ERROR] no luck'; exit 1\n");

    Call call = call(Map.of(), "demo");

    assertThat(call.status).isEqualTo(5);
    assertThat(call.errors.lines())
        .containsExactly(
            "gradzoo: building…",
            "[ERROR] no luck",
            "gradzoo: the build failed (see " + home + "/spark-jobs/target/build.log)");
  }

  @Test
  void temporaryFilesLieInAFolderOfTheProcessThatOnlyItsUserCanEnter() throws Exception {
    Call call = call(Map.of(), "--master=local-cluster[1,1,1024]", "demo");

    Path folder =
        Path.of(option(call, "-Djava.io.tmpdir=").substring("-Djava.io.tmpdir=".length()));
    Path ours = folder.getParent();
    assertThat(ours.getParent()).isEqualTo(temporary());
    assertThat(Files.readString(folder.resolve("owner"))).matches("\\d+\n");
    for (Path each : List.of(ours, folder)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rwx------");
    }
    assertThat(option(call, "spark.executor.extraJavaOptions="))
        .endsWith(" \"-Djava.io.tmpdir=" + folder + "\"");
    assertThat(option(call(Map.of(), "demo"), "spark.executor.extraJavaOptions="))
        .doesNotContain("java.io.tmpdir");
  }

  @Test
  void aLinkInPlaceOfThatFolderIsRefused() throws Exception {
    call(Map.of(), "demo");
    Path ours;
    try (Stream<Path> all = Files.list(temporary())) {
      ours = all.findFirst().orElseThrow();
    }
    Files.move(ours, home.resolve("elsewhere"));
    Files.createSymbolicLink(ours, home.resolve("elsewhere"));

    Call call = call(Map.of(), "demo");

    assertThat(call.status).isEqualTo(3);
    assertThat(call.program).isEmpty();
    assertThat(call.errors).startsWith("gradzoo: " + ours + ": expected a folder of this user");
  }

  @Test
  void commandsWithoutJobsLeaveNoTemporaryFolder() throws Exception {
    call(Map.of(), "config", "show");

    assertThat(temporary()).isEmptyDirectory();
  }

  private static String option(Call call, String start) {
    return call.arguments.stream().filter(each -> each.startsWith(start)).findFirst().orElseThrow();
  }

  private Path temporary() throws IOException {
    return Files.createDirectories(home.resolve("temporary files"));
  }

  /** How the last program was called, and what the launcher said and returned. */
  private record Call(String program, List<String> arguments, String errors, int status) {}

  private Call call(Map<String, String> environment, String... arguments) throws Exception {
    Files.deleteIfExists(home.resolve("calls"));
    List<String> command = new ArrayList<>(List.of("bash", home + "/deploy/bin/gradzoo"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("SPARK_HOME");
    builder.environment().remove("GRADZOO_DRIVER_MEMORY");
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
        file, "#!/bin/bash\nprintf '%s\\n' " + name + " \"$@\" >>" + home + "/calls\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String jar() {
    return home + "/spark-jobs/target/gradzoo-spark-jobs.jar";
  }

  private String classPath() throws IOException {
    return Files.readString(home.resolve("spark-jobs/target/classpath.txt"));
  }
}
