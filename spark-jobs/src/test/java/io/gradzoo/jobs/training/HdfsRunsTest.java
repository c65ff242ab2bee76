package io.gradzoo.jobs.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.run.ListRuns;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.table.PublishedFolder;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.Hdfs;
import io.gradzoo.testing.JobRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run directories on a real HDFS: what holds on this machine holds there. */
class HdfsRunsTest {
  @TempDir static Path folder;
  private static Hdfs cluster;
  private static FileSystem hdfs;
  private static String root;

  @BeforeAll
  static void startHdfs() throws IOException {
    cluster = new Hdfs(folder.resolve("hdfs"));
    hdfs = cluster.files();
    root = hdfs.getUri().toString();
  }

  @AfterAll
  static void stopHdfs() {
    cluster.close();
  }

  @Test
  void aTrainingThereGoesOnAndEndsInTheBytesThatItHasHere() throws IOException {
    JobRun here =
        JobRun.in(
            folder.resolve("job"),
            "zoo.runs=12",
            "zoo.architectures=[\"64:dense8:dense10\"]",
            "zoo.epochs=1",
            "zoo.checkpoints=[1]",
            "splits={ train = 0.4, validation = 0.3, test = 0.3 }",
            "models.m={kind=scalegmn, members=mlp, scalegmn { width = 8, layers = 2 }, training {"
                + " shards = 3, rounds = 3, steps-per-round = 2, batch-size = 4 } }");
    here.run(new ZooGeneration());
    here.run(new TrainingJob("m"));
    JobRun there = here.with("storage.runs=\"" + root + "/trained\"");
    InterruptedTrainingTest.stopAfter(there, 2);
    org.apache.hadoop.fs.Path checkpoints =
        new org.apache.hadoop.fs.Path(root + "/trained/.tiny-m.checkpoints");
    assertThat(names(checkpoints)).contains("round-000001.safetensors", "round-000002.safetensors");
    org.apache.hadoop.fs.Path newest =
        new org.apache.hadoop.fs.Path(checkpoints, "round-000002.safetensors");
    write(newest, Arrays.copyOf(read(newest), 99));

    assertThat(there.said(new TrainingJob("m")))
        .contains(newest + " is damaged or cannot be read", "goes on after round 1\n")
        .contains("trained m: " + root + "/trained/tiny-m");

    RunDirectory run = there.directory("m");
    for (String name : new String[] {RunDirectory.MODEL, RunDirectory.METRICS}) {
      assertThat(run.read(name)).isEqualTo(here.directory("m").read(name));
    }
    assertThat(names(new org.apache.hadoop.fs.Path(root + "/trained"))).containsExactly("tiny-m");
    there.run(new EvaluationJob(run));
    assertThat(run.files()).contains(Evaluation.FILE, RunDirectory.CARD);
    assertThat(there.printed(new ListRuns())).contains("tiny-m");
    assertThat(new TrainingJob("m").from(root + "/trained/tiny-m"))
        .satisfies(
            job ->
                assertThat(there.refusal(job))
                    .hasMessageContaining(
                        "expected more than the 3 of " + root + "/trained/tiny-m"));
  }

  @Test
  void whatSomebodyPutThereIsNotReplaced() throws IOException {
    RunDirectory run = new RunDirectory(root + "/foreign/run");
    write(new org.apache.hadoop.fs.Path(run.place("notes.txt")), "mine".getBytes(UTF_8));

    assertRefused(() -> run.prepare(), run.place("notes.txt") + ": expected nothing but");
    assertThat(read(new org.apache.hadoop.fs.Path(run.place("notes.txt"))))
        .asString()
        .isEqualTo("mine");
  }

  @Test
  void ofTwoWritersTheSecondIsRefusedAndNothingIsLeftAside() throws IOException {
    RunDirectory run = new RunDirectory(root + "/two/run");
    PublishedFolder.Replacement first = run.prepare();
    PublishedFolder.Replacement second = run.prepare();
    first.publish(new TreeMap<>(Map.of(RunDirectory.METRICS, "first".getBytes(UTF_8))));

    assertRefused(
        () -> second.publish(new TreeMap<>(Map.of(RunDirectory.METRICS, new byte[] {2}))),
        "another command published there meanwhile");
    assertThat(run.read(RunDirectory.METRICS)).asString().isEqualTo("first");
    assertThat(names(new org.apache.hadoop.fs.Path(root + "/two"))).containsExactly("run");
  }

  @Test
  void anAlteredFileIsNotRead() throws IOException {
    RunDirectory run = new RunDirectory(root + "/altered/run");
    run.prepare().publish(new TreeMap<>(Map.of(RunDirectory.METRICS, "whole".getBytes(UTF_8))));
    write(new org.apache.hadoop.fs.Path(run.place(RunDirectory.METRICS)), "whale".getBytes(UTF_8));

    assertRefused(() -> run.read(RunDirectory.METRICS), "expected the file as it was published");
    assertRefused(() -> run.prepare(), "one that was changed since");
  }

  @Test
  void aPlaceThatMustNotBeWrittenIsNamedBeforeTheWork() throws IOException {
    write(new org.apache.hadoop.fs.Path(root + "/file"), new byte[1]);

    assertRefused(() -> new RunDirectory(root + "/file/run").prepare(), root + "/file");
  }

  @Test
  void storesThatCopyInsteadOfRenamingAreRefused() {
    assertThatThrownBy(() -> new RunDirectory("s3a://bucket/run").files())
        .isInstanceOf(GradzooException.class)
        .hasMessageContaining(
            "s3a://bucket/run: expected a folder of this machine or an hdfs: URL");
    assertThatThrownBy(() -> new RunDirectory("file:///tmp/run").files())
        .as("a path says the same")
        .hasMessageContaining("file:///tmp/run: expected a folder of this machine or an hdfs: URL");
    assertThatThrownBy(() -> JobRun.in(folder, "storage.runs=\"s3a://bucket/runs\"").config())
        .hasMessageContaining("storage.runs: expected a folder of this machine or an hdfs: URL");
  }

  private static void assertRefused(Runnable work, String words) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            GradzooException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA))
        .hasMessageContaining(words);
  }

  private static String[] names(org.apache.hadoop.fs.Path place) throws IOException {
    return Arrays.stream(hdfs.listStatus(place))
        .map(FileStatus::getPath)
        .map(org.apache.hadoop.fs.Path::getName)
        .toArray(String[]::new);
  }

  private static byte[] read(org.apache.hadoop.fs.Path file) throws IOException {
    try (var in = hdfs.open(file)) {
      return in.readAllBytes();
    }
  }

  private static void write(org.apache.hadoop.fs.Path file, byte[] bytes) throws IOException {
    try (OutputStream out = hdfs.create(file, true)) {
      out.write(bytes);
    }
  }
}
