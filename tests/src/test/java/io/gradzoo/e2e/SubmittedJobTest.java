package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The one jar, submitted to Spark's standalone Master with two Workers. The jar is there once the
 * modules were packaged, as by {@code mvn verify}.
 */
class SubmittedJobTest {
  private static final Path JAR = Path.of("../spark-jobs/target/gradzoo.jar").toAbsolutePath();
  private static final Path CLUSTER = Path.of("../deploy/cluster/standalone").toAbsolutePath();
  private static final long LONGEST_SECONDS = 240;

  @TempDir static Path folder;
  private static Path cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    assumeTrue(Files.isRegularFile(JAR), "gradzoo.jar is made when the modules are packaged");
    cluster = folder.resolve("cluster");
    run(Map.of("WORKER_MEMORY", "1500m"), CLUSTER.toString(), "start", cluster.toString());
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (cluster != null) {
      run(Map.of(), CLUSTER.toString(), "stop", cluster.toString());
    }
  }

  @Test
  void trainsFromTheOneJarInTheSameBytes() throws Exception {
    assertTrained(List.of());
  }

  @Test
  @Tag("slow")
  void soItDoesWithItsDriverOnAWorker() throws Exception {
    assertTrained(
        List.of(
            "--deploy-mode",
            "cluster",
            "--conf",
            "spark.standalone.submit.waitAppCompletion=true"));
  }

  /** On the class path of Spark and nothing else. */
  @Test
  void presetsAndEmbeddedImagesAreInTheJar() throws Exception {
    String java = ProcessHandle.current().info().command().orElseThrow();
    String classPath = cluster.resolve("spark/jars") + "/*" + File.pathSeparator + JAR;

    List<String> shown =
        run(
            Map.of(),
            java,
            "-cp",
            classPath,
            "io.gradzoo.jobs.cli.Main",
            "config",
            "show",
            "--preset",
            "digits");

    assertThat(shown).anyMatch(line -> line.contains("\"study\": \"curvature-small\""));
    try (var jar = new java.util.jar.JarFile(JAR.toFile())) {
      assertThat(jar.getEntry("io/gradzoo/datasets/image/digits.csv.gz")).isNotNull();
      assertThat(jar.getEntry("org/apache/spark/SparkContext.class")).isNull();
    }
  }

  private static void assertTrained(List<String> options) throws Exception {
    Workplace reference = ReferenceJob.get().place();
    Path runs = Files.createTempDirectory(folder, "runs");
    List<String> line = new ArrayList<>(List.of(CLUSTER.toString(), "submit", cluster.toString()));
    line.addAll(List.of("--class", "io.gradzoo.jobs.cli.Main"));
    line.addAll(List.of("--driver-memory", "1g", "--executor-memory", "1g"));
    line.addAll(options);
    line.addAll(
        List.of(
            JAR.toString(),
            "train",
            "gradmetanet",
            "--config=" + Workplace.config(),
            "--set=storage.warehouse=" + reference.folder().resolve("warehouse"),
            "--set=storage.runs=" + runs));

    run(Map.of(), line.toArray(String[]::new));

    for (String file : Workplace.REPRODUCIBLE) {
      assertThat(runs.resolve("tiny-gradmetanet").resolve(file))
          .hasSameBinaryContentAs(reference.run("gradmetanet").resolve(file));
    }
  }

  /** Runs a program to its end, which must be a good one. */
  private static List<String> run(Map<String, String> environment, String... line)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "program", ".log");
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(() -> String.join(" ", line) + "\n" + text(log)).isZero();
      return Files.readAllLines(log);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
