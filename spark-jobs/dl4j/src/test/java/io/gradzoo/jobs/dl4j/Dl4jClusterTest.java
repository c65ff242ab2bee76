package io.gradzoo.jobs.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.jobs.cli.Main;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.testing.JobRun;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds that DL4J makes on executors in processes of their own. */
@Tag("slow")
class Dl4jClusterTest {
  private static final long LONGEST_SECONDS = 300;

  @TempDir Path folder;

  @Test
  void theModelIsThatOfOneProcessToRounding() throws Exception {
    JobRun job = SmallZoo.in(folder, "");
    job.run(new TrainingJob("m"));
    Path runs = folder.resolve("runs-of-the-cluster");

    train(job, runs);

    RunDirectory run = RunDirectory.of(runs.toString(), JobRun.ZOO, "m");
    assertThat(run.has(Dl4jRounds.FILE)).isTrue();
    float[] expected = TrainedModel.load(job.directory("m"), job.context()).parameters();
    float[] found = TrainedModel.load(run, job.context()).parameters();
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-5f));
    }
  }

  private void train(JobRun job, Path runs) throws IOException, InterruptedException {
    List<String> options =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(each -> each.matches("(--add-|-XX:|-Djdk\\.).*"))
            .toList();
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(each -> Path.of(each).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> line = new ArrayList<>();
    line.add(ProcessHandle.current().info().command().orElseThrow());
    line.addAll(options);
    line.addAll(
        List.of(
            "-Xmx1g",
            "-Dspark.master=local-cluster[2,1,1024]",
            "-Dspark.local.dir=" + folder.resolve("spark"),
            "-Dspark.executor.extraClassPath=" + classPath,
            "-Dspark.executor.extraJavaOptions=" + String.join(" ", options),
            "-cp",
            classPath,
            Main.class.getName(),
            "train",
            "m",
            "--output=" + job.tables(),
            "--set=storage.runs=" + runs));
    job.assignments().forEach(each -> line.add("--set=" + each));
    Path log = folder.resolve("train.log");
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Path home = folder.resolve("spark-home");
    Files.createDirectories(home.resolve("jars"));
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
