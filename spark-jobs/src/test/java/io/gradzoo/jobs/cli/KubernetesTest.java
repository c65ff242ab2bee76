package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.deploy.SparkSubmitArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;
import scala.collection.JavaConverters;

/** What {@code deploy/kubernetes} submits: spark-submit and the program take its command line. */
class KubernetesTest {
  private static final Path FOLDER = Path.of("../deploy/kubernetes").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void sparkAndTheProgramAcceptWhatIsSubmitted() throws Exception {
    List<String> submitted = submitted("train", "scalegmn", "--preset", "digits");
    SparkSubmitArguments arguments =
        new SparkSubmitArguments(
            JavaConverters.asScalaBufferConverter(submitted).asScala().toSeq(),
            scala.sys.package$.MODULE$.env());

    assertThat(arguments.master()).isEqualTo("k8s://https://host:6443");
    assertThat(arguments.deployMode()).isEqualTo("cluster");
    assertThat(arguments.mainClass()).isEqualTo(Main.class.getName());
    assertThat(arguments.primaryResource()).isEqualTo("local:///opt/gradzoo/gradzoo.jar");
    for (String role : List.of("driver", "executor")) {
      String template =
          arguments.sparkProperties().apply("spark.kubernetes." + role + ".podTemplateFile");
      assertThat(Path.of(template)).isRegularFile();
    }
    List<String> own = JavaConverters.seqAsJavaListConverter(arguments.childArgs()).asJava();
    assertThat(
            new CommandLine(new GradzooCommand(System.err))
                .parseArgs(own.toArray(String[]::new))
                .subcommand()
                .commandSpec()
                .name())
        .isEqualTo("train");
    assertThat(own).contains("storage.runs=/zoos/runs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"driver", "executor"})
  void aTemplateIsAPodWithTheContainerThatSparkLooksFor(String role) throws IOException {
    Map<?, ?> pod =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(FOLDER.resolve(role + ".yaml")));

    assertThat(pod.get("kind")).isEqualTo("Pod");
    Map<?, ?> spec = (Map<?, ?>) pod.get("spec");
    Map<?, ?> container = (Map<?, ?>) ((List<?>) spec.get("containers")).get(0);
    assertThat(container.get("name")).isEqualTo("spark-kubernetes-" + role);
    assertThat(container.get("volumeMounts").toString()).contains("/zoos");
  }

  @Test
  void theImageHasTheJarWhereItIsSubmittedFrom() throws IOException {
    assertThat(Files.readString(FOLDER.resolve("Dockerfile")))
        .contains("spark-jobs/target/gradzoo.jar /opt/gradzoo/gradzoo.jar")
        .contains("FROM apache/spark:3.5");
  }

  /** The command line that the script gives to a spark-submit which only shows it. */
  private List<String> submitted(String... command) throws Exception {
    Path spark = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
    Files.writeString(spark, "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(spark, PosixFilePermissions.fromString("rwx------"));
    List<String> line = new ArrayList<>(List.of(FOLDER.resolve("submit").toString()));
    line.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder
        .environment()
        .putAll(
            Map.of(
                "MASTER", "k8s://https://host:6443",
                "IMAGE", "registry/gradzoo:0.1",
                "SPARK_HOME", folder.toString()));
    Path shown = folder.resolve("shown");
    Process process = builder.redirectErrorStream(true).redirectOutput(shown.toFile()).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> "" + shown).isZero();
    return Files.readAllLines(shown);
  }
}
