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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** deploy/bin/gradzoo in a make-believe checkout, with programs that print how they were called. */
class LauncherTest {
  private static final String SUBMIT = "io.gradzoo.jobs.cli.Submit";
  private static final String MAIN = "io.gradzoo.jobs.cli.Main";

  private static final String JDK = "openjdk version \"17.0.1\"";

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

  @Test
  void jobsAreSubmittedFromMavensJars() throws Exception {
    Call call = call(Map.of(), "--master", "local[3]", "--conf", "a=b c", "zoo", "list", "--debug");

    assertThat(call.status).isZero();
    assertThat(call.program).isEqualTo("java");
    assertThat(call.arguments)
        .contains("-Xmx3072m", "--add-modules=jdk.incubator.vector", "-Dgradzoo.home=" + home)
        .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
        .containsSequence("--master", "local[3]", "--driver-memory", "3072m", "--class", MAIN)
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
        .containsSequence("-Xmx3072m", "-Xa=1", "-Xb")
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
        .contains("-Xmx5120m")
        .containsSequence("--master", "local[*]", "--driver-memory", "5120m");
  }

  @Test
  void aDistributionsSparkSubmitIsUsedWithTheJarsItLacks() throws Exception {
    Call call = call(Map.of("SPARK_HOME", home + "/spark"), "--master=yarn", "demo");

    assertThat(call.program).isEqualTo("spark-submit");
    assertThat(call.arguments)
        .containsSequence("--master", "yarn")
        .containsSequence("--jars", home + "/m2/picocli-4.7.7.jar", jar(), "demo");
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

      assertThat(call.arguments).doesNotContain(SUBMIT);
      assertThat(call.arguments.subList(call.arguments.indexOf(MAIN) + 1, call.arguments.size()))
          .isEqualTo(words);
    }
  }

  @Test
  void benchmarksRunWithoutSparkOnTheVectorApi() throws Exception {
    Call call = call(Map.of(), "bench", "scalegmn", "--preset", "digits", "--batch", "8");

    assertThat(call.arguments)
        .contains("-Xmx3072m", "--add-modules=jdk.incubator.vector")
        .doesNotContain(SUBMIT, "-XX:TieredStopAtLevel=1")
        .endsWith(MAIN, "bench", "scalegmn", "--preset", "digits", "--batch", "8");
  }

  @Test
  void mistakesInSparksOwnOptionsAreNamed() throws Exception {
    assertThat(call(Map.of(), "--master").errors)
        .isEqualTo("gradzoo: --master: expected a value, found nothing\n");
  }

  @Test
  void symbolicLinksLeadToTheProject() throws Exception {
    Path elsewhere = Files.createDirectories(home.resolve("else where/ü/bin"));
    Path first = Files.createSymbolicLink(elsewhere.resolve("gz"), launcher());
    Path second = Files.createSymbolicLink(elsewhere.resolve("gradzoo"), Path.of("gz"));

    assertThat(call(first, Map.of(), "demo").arguments).contains("-Dgradzoo.home=" + home);
    assertThat(call(second, Map.of(), "demo").arguments).contains("-Dgradzoo.home=" + home);
    assertThat(elsewhere.getParent().toFile().list()).containsExactly("bin");
  }

  @Test
  void aCopyOfTheLauncherMakesNoFolders() throws Exception {
    Path copy = Files.createDirectories(home.resolve("away/a/b")).resolve("gradzoo");
    Files.copy(launcher(), copy);

    Call call = call(copy, Map.of(), "demo");

    assertThat(call.status).isEqualTo(2);
    assertThat(call.errors).contains("expected gradzoo's project in").hasLineCount(1);
    assertThat(home.resolve("away").toFile().list()).containsExactly("a");
  }

  @Test
  void anotherJdkIsNamedWithTheOneThatIsNeeded() throws Exception {
    Files.writeString(
        home.resolve("jdk/bin/java"), "#!/bin/bash\necho 'openjdk version \"25.0.1\"' >&2\n");

    Call call = call(Map.of(), "demo");

    assertThat(call.status).isEqualTo(2);
    assertThat(call.errors)
        .contains("expected JDK 17", "25.0.1", home + "/jdk/bin/java", "JAVA_HOME")
        .hasLineCount(1);
  }

  @Test
  void aJavaHomeThatLeadsNowhereIsNamed() throws Exception {
    Call call = call(Map.of("JAVA_HOME", "/nowhere"), "demo");

    assertThat(call.status).isEqualTo(2);
    assertThat(call.errors).contains("/nowhere/bin/java", "JAVA_HOME").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "10m", "0g", "3", "-1g", "3 g", "1.5g", "99999k"})
  void aHeapThatIsNoneIsRefused(String memory) throws Exception {
    Call call = call(Map.of("GRADZOO_DRIVER_MEMORY", memory), "demo");

    assertThat(call.status).isEqualTo(2);
    assertThat(call.errors)
        .startsWith("gradzoo: GRADZOO_DRIVER_MEMORY: expected ")
        .contains("found \"" + memory + "\"")
        .hasLineCount(1);
  }

  @Test
  void aLocaleWithoutUtf8IsReplaced() throws Exception {
    for (String locale : List.of("C", "POSIX")) {
      call(Map.of("LC_ALL", locale), "demo");

      assertThat(Files.readAllLines(home.resolve("locale"))).containsExactly("C.UTF-8");
    }
  }

  @Test
  void localMastersBindToTheLoopbackAddressUnlessTheUserSaysOtherwise() throws Exception {
    call(Map.of(), "--master", "local[2]", "demo");
    assertThat(Files.readAllLines(home.resolve("address"))).containsExactly("127.0.0.1");

    call(Map.of("SPARK_LOCAL_IP", "10.0.0.1"), "demo");
    assertThat(Files.readAllLines(home.resolve("address"))).containsExactly("10.0.0.1");

    call(Map.of(), "--master", "spark://host:7077", "demo");
    assertThat(Files.readAllLines(home.resolve("address"))).containsExactly("");
  }

  @Test
  void theWebPageIsASettingOfSparks() throws Exception {
    assertThat(call(Map.of(), "--ui", "demo").arguments)
        .containsSequence("--conf", "spark.ui.enabled=true")
        .endsWith(jar(), "demo");
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
  void aJarThatIsNotThereOrAnotherUsersIsNamed() throws Exception {
    Path jar = home.resolve("m2/spark-core_2.12-3.5.7.jar");
    Files.delete(jar);

    for (String command : List.of("demo", "--help")) {
      Call call = call(Map.of(), command);
      assertThat(call.status).isEqualTo(2);
      assertThat(call.program).isEmpty();
      assertThat(call.errors).startsWith("gradzoo: " + jar + ": expected a jar").hasLineCount(1);
    }
  }

  @Test
  void theArchiveOfClassesIsThatOfThisBuildAndJdk() throws Exception {
    Files.writeString(archive(), "classes");
    Files.writeString(home.resolve("spark-jobs/target/classes.jsa.size"), "7\n");
    String use = "-XX:SharedArchiveFile=" + archive();

    assertThat(call(Map.of(), "zoo", "list").arguments).contains(use, "-Xlog:cds*=off");
    assertThat(option(call(Map.of(), "demo"), "spark.executor.extraJavaOptions="))
        .doesNotContain(use);
    Call cluster = call(Map.of(), "--master=local-cluster[1,1,1024]", "demo");
    assertThat(option(cluster, "spark.executor.extraJavaOptions=")).contains("\"" + use + "\"");

    Files.writeString(archive(), "class"); // cut short
    assertThat(call(Map.of(), "zoo", "list").arguments).doesNotContain(use);
    Files.writeString(archive(), "classes");

    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"17.0.2\"");
    Call otherJdk = call(Map.of(), "zoo", "list");
    assertThat(otherJdk.arguments).doesNotContain(use);
    awaitArchiveOf("17.0.2");
  }

  @Test
  void theFirstCommandOfABuildMakesTheArchiveInTheBackground() throws Exception {
    Files.delete(stamp());

    assertThat(call(Map.of(), "zoo", "list").status).isZero();
    awaitArchiveOf("17.0.1");

    assertThat(Files.readString(stamp())).isEqualTo(home + " " + JDK + "\n");
    assertThat(call(Map.of(), "zoo", "list").arguments)
        .contains("-XX:SharedArchiveFile=" + archive());
  }

  @Test
  void anArchiveThatCannotBeMadeIsTriedOnceAndFailsNothing() throws Exception {
    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"");
    String java = Files.readString(home.resolve("jdk/bin/java"));
    Files.writeString(home.resolve("jdk/bin/java"), java.replace("done", "done; exit 7"));

    Call made = call(Map.of(), "class-archive");
    assertThat(made.status).isEqualTo(7);
    Files.writeString(home.resolve("jdk/bin/java"), java);

    assertThat(call(Map.of(), "zoo", "list").arguments).noneMatch(a -> a.contains("classes.jsa"));
    try (Stream<Path> files = Files.list(archive().getParent())) {
      assertThat(files).doesNotContain(archive()).contains(stamp());
    }
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

  /** Waits for the launcher in the background. */
  private void awaitArchiveOf(String jdk) throws Exception {
    Instant deadline = Instant.now().plusSeconds(30);
    while (!(Files.exists(stamp())
        && Files.readString(stamp()).contains(jdk)
        && Files.exists(archive()))) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(20);
    }
  }

  private Path archive() {
    return home.resolve("spark-jobs/target/classes.jsa");
  }

  private Path stamp() {
    return home.resolve("spark-jobs/target/classes.jsa.for");
  }

  private static String option(Call call, String start) {
    return call.arguments.stream().filter(each -> each.startsWith(start)).findFirst().orElseThrow();
  }

  private Path temporary() throws IOException {
    return Files.createDirectories(home.resolve("temporary files"));
  }

  /** How the last program was called, and what the launcher said and returned. */
  private record Call(String program, List<String> arguments, String errors, int status) {}

  private Path launcher() {
    return home.resolve("deploy/bin/gradzoo");
  }

  private Call call(Map<String, String> environment, String... arguments) throws Exception {
    return call(launcher(), environment, arguments);
  }

  private Call call(Path launcher, Map<String, String> environment, String... arguments)
      throws Exception {
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

  private String jar() {
    return home + "/spark-jobs/target/gradzoo-spark-jobs.jar";
  }

  private String classPath() throws IOException {
    return Files.readString(home.resolve("spark-jobs/target/classpath.txt"));
  }
}
