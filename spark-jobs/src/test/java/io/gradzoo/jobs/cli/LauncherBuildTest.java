package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How deploy/bin/gradzoo builds, and makes the archive of classes of a build. */
class LauncherBuildTest extends LauncherFixture {
  @Test
  void aNewerSourceIsBuiltFirst() throws Exception {
    Path source = Files.writeString(home.resolve("engine/src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    Call call = call(Map.of(), "demo");

    assertThat(call.errors()).isEqualTo("gradzoo: building…\n");
    assertThat(Files.readAllLines(home.resolve("calls")))
        .startsWith("mvn", "-B", "-q", "-DskipTests");
    assertThat(call.program()).isEqualTo("java");
  }

  @Test
  void whereAConfigSpeaksOfDl4jItsModuleIsBuiltAndFirstOnTheClassPath() throws Exception {
    Path target = Files.createDirectories(home.resolve("spark-jobs/dl4j/target"));
    Files.createDirectories(home.resolve("spark-jobs/dl4j/src/main"));
    Files.writeString(home.resolve("spark-jobs/dl4j/pom.xml"), "");
    Path config =
        Files.writeString(home.resolve("my.conf"), "gradzoo.models.m.training.trainer=dl4j");
    String asked = "models.m.training.trainer=dl4j";

    assertThat(call(Map.of(), "train", "m", "--set", asked).errors()).contains("building…");
    assertThat(Files.readAllLines(home.resolve("calls"))).contains("-pl", "spark-jobs/dl4j");

    Path jar = Files.writeString(target.resolve("gradzoo-dl4j.jar"), "");
    Path spark = home.resolve("m2/spark-core_2.12-3.5.7.jar");
    Files.writeString(target.resolve("classpath.txt"), jar + ":" + spark);
    for (String[] command :
        new String[][] {
          {"train", "m", "--set", asked},
          {"train", "m", "--config", config.toString()},
          {"demo", "--config=" + config}
        }) {
      Call call = call(Map.of(), command);
      assertThat(call.errors()).isEmpty();
      assertThat(option(call, "spark.executor.extraClassPath=")).contains(jar + ":");
      assertThat(call.arguments()).noneMatch(each -> each.startsWith("-XX:SharedArchiveFile"));
    }
    assertThat(option(call(Map.of(), "train", "m"), "spark.executor.extraClassPath="))
        .doesNotContain("dl4j");
  }

  @Test
  void aFailedBuildNamesItsFirstError() throws Exception {
    Files.delete(home.resolve("spark-jobs/target/classpath.txt"));
    Files.writeString(home.resolve("bin/mvn"), "#!/bin/bash\necho '[ERROR] no luck'; exit 1\n");

    Call call = call(Map.of(), "demo");

    assertThat(call.status()).isEqualTo(5);
    assertThat(call.errors().lines())
        .containsExactly(
            "gradzoo: building…",
            "[ERROR] no luck",
            "gradzoo: the build failed (see " + home + "/spark-jobs/target/build.log)");
  }

  @Test
  void theArchiveOfClassesIsThatOfThisBuildAndJdk() throws Exception {
    Files.writeString(archive(), "classes");
    Files.writeString(home.resolve("spark-jobs/target/classes.jsa.size"), "7\n");
    String use = "-XX:SharedArchiveFile=" + archive();

    assertThat(call(Map.of(), "zoo", "list").arguments()).contains(use, "-Xlog:cds*=off");
    assertThat(option(call(Map.of(), "demo"), "spark.executor.extraJavaOptions="))
        .doesNotContain(use);
    Call cluster = call(Map.of(), "--master=local-cluster[1,1,1024]", "demo");
    assertThat(option(cluster, "spark.executor.extraJavaOptions=")).contains("\"" + use + "\"");

    Files.writeString(archive(), "class"); // cut short
    assertThat(call(Map.of(), "zoo", "list").arguments()).doesNotContain(use);
    Files.writeString(archive(), "classes");

    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"17.0.2\"");
    Call otherJdk = call(Map.of(), "zoo", "list");
    assertThat(otherJdk.arguments()).doesNotContain(use);
    awaitArchiveOf("17.0.2");
  }

  @Test
  void theFirstCommandOfABuildMakesTheArchiveInTheBackground() throws Exception {
    Files.delete(stamp());

    assertThat(call(Map.of(), "zoo", "list").status()).isZero();
    awaitArchiveOf("17.0.1");

    assertThat(Files.readString(stamp())).isEqualTo(home + " " + JDK + "\n");
    assertThat(call(Map.of(), "zoo", "list").arguments())
        .contains("-XX:SharedArchiveFile=" + archive());
  }

  @Test
  void anArchiveThatCannotBeMadeIsTriedOnceAndFailsNothing() throws Exception {
    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"");
    String java = Files.readString(home.resolve("jdk/bin/java"));
    Files.writeString(home.resolve("jdk/bin/java"), java.replace("done", "done; exit 7"));

    Call made = call(Map.of(), "class-archive");
    assertThat(made.status()).isEqualTo(7);
    Files.writeString(home.resolve("jdk/bin/java"), java);

    assertThat(call(Map.of(), "zoo", "list").arguments()).noneMatch(a -> a.contains("classes.jsa"));
    try (Stream<Path> files = Files.list(archive().getParent())) {
      assertThat(files).doesNotContain(archive()).contains(stamp());
    }
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
}
