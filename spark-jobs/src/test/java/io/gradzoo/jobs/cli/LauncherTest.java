package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What deploy/bin/gradzoo starts, with which options. */
class LauncherTest extends LauncherFixture {
  @Test
  void jobsAreSubmittedFromMavensJars() throws Exception {
    Call call = call(Map.of(), "--master", "local[3]", "--conf", "a=b c", "zoo", "list", "--debug");

    assertThat(call.status()).isZero();
    assertThat(call.program()).isEqualTo("java");
    assertThat(call.arguments())
        .contains("-Xmx3072m", "--add-modules=jdk.incubator.vector", "-Dgradzoo.home=" + home)
        .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
        .containsSequence("--master", "local[3]", "--driver-memory", "3072m", "--class", MAIN)
        .containsSequence("--conf", "a=b c")
        .endsWith(jar(), "zoo", "list", "--debug");
    assertThat(call.arguments())
        .contains("spark.executor.extraClassPath=" + jar() + ":" + classPath())
        .anyMatch(a -> a.startsWith("spark.executor.extraJavaOptions=") && a.contains("vector"));
  }

  @Test
  void driverAndExecutorsHaveTheSameOptionsOneALine() throws Exception {
    Files.writeString(home.resolve("deploy/jvm.options"), "# why\n-Xa=1\n\n# why\n-Xb");

    assertThat(call(Map.of(), "demo").arguments())
        .containsSequence("-Xmx3072m", "-Xa=1", "-Xb")
        .contains("spark.executor.extraJavaOptions=-Xa=1 -Xb");
  }

  @Test
  void allCoresAreTheDefault() throws Exception {
    assertThat(call(Map.of("GRADZOO_DRIVER_MEMORY", "5g"), "demo").arguments())
        .contains("-Xmx5120m")
        .containsSequence("--master", "local[*]", "--driver-memory", "5120m");
  }

  @Test
  void aDistributionsSparkSubmitIsUsedWithTheJarsItLacks() throws Exception {
    Call call = call(Map.of("SPARK_HOME", home + "/spark"), "--master=yarn", "demo");

    assertThat(call.program()).isEqualTo("spark-submit");
    assertThat(call.arguments())
        .containsSequence("--master", "yarn")
        .containsSequence("--jars", home + "/m2/picocli-4.7.7.jar", jar(), "demo");
  }

  @Test
  void theShellHasTheClassPathOfItsOwnJvm() throws Exception {
    Call call = call(Map.of("SPARK_HOME", home + "/spark"), "--master", "local[2]", "shell");

    assertThat(call.program()).isEqualTo("java");
    assertThat(call.arguments()).contains(SUBMIT).endsWith(jar(), "shell");
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

      assertThat(call.arguments()).doesNotContain(SUBMIT);
      assertThat(
              call.arguments().subList(call.arguments().indexOf(MAIN) + 1, call.arguments().size()))
          .isEqualTo(words);
    }
  }

  @Test
  void benchmarksRunWithoutSparkOnTheVectorApi() throws Exception {
    Call call = call(Map.of(), "bench", "scalegmn", "--preset", "digits", "--batch", "8");

    assertThat(call.arguments())
        .contains("-Xmx3072m", "--add-modules=jdk.incubator.vector")
        .doesNotContain(SUBMIT, "-XX:TieredStopAtLevel=1")
        .endsWith(MAIN, "bench", "scalegmn", "--preset", "digits", "--batch", "8");
  }

  @Test
  void symbolicLinksLeadToTheProject() throws Exception {
    Path elsewhere = Files.createDirectories(home.resolve("else where/ü/bin"));
    Path first = Files.createSymbolicLink(elsewhere.resolve("gz"), launcher());
    Path second = Files.createSymbolicLink(elsewhere.resolve("gradzoo"), Path.of("gz"));

    assertThat(call(first, Map.of(), "demo").arguments()).contains("-Dgradzoo.home=" + home);
    assertThat(call(second, Map.of(), "demo").arguments()).contains("-Dgradzoo.home=" + home);
    assertThat(elsewhere.getParent().toFile().list()).containsExactly("bin");
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
    assertThat(call(Map.of(), "--ui", "demo").arguments())
        .containsSequence("--conf", "spark.ui.enabled=true")
        .endsWith(jar(), "demo");
  }
}
