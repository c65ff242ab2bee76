package io.gradzoo.jobs.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.evaluation.PredictionJob;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.SplitRuns;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.task.accuracy.AccuracyTask;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.Hdfs;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zoos that are exported and imported again, and made-up files in the published format. */
class PublishedZooTest {
  private static final String LAYOUT =
      """
      varname,start_idx,end_idx,size,shape
      sequential/conv2d/bias:0,0,2,2,"(2,)"
      sequential/conv2d/kernel:0,2,20,18,"(3, 3, 1, 2)"
      sequential/dense/bias:0,20,30,10,"(10,)"
      sequential/dense/kernel:0,30,50,20,"(2, 10)"
      """;
  private static final String COLUMNS =
      ",config.activation,config.b_init,config.dataset,config.dnn_architecture,config.dropout,"
          + "config.epochs,config.epochs_between_checkpoints,config.init_std,config.l2reg,"
          + "config.learning_rate,config.num_layers,config.num_units,config.optimizer,"
          + "config.random_seed,config.train_fraction,config.w_init,modeldir,step,test_accuracy,"
          + "test_loss,train_accuracy,train_loss,laststep\n";

  @TempDir Path folder;

  @Test
  void anExportedZooIsImportedBitByBitAndServesGradientsTrainingAndPrediction() {
    JobRun made = digits();
    made.run(new ZooGeneration());
    made.run(new ZooExport(zoo(), ExportFormat.SMALL_CNN));
    JobRun imported = made.with("zoo.name=again");

    String said = imported.printed(importing());

    assertThat(said)
        .contains(
            "networks: 24 of 12 runs at 2 steps", "with weights that are not finite: 0 of 24");
    assertThat(columns(imported)).isEqualTo(columns(made)).hasSize(24);
    imported.run(new GradientComputation());
    imported.run(new TrainingJob("scalegmn"));
    imported.run(new PredictionJob(imported.directory("scalegmn")));
    assertThat(imported.rows(PredictionsTable.of("scalegmn", new AccuracyTask().column())).count())
        .isEqualTo(24);
  }

  @Test
  void filesAsTheyArePublishedBecomeMembersOfTheZoosArchitecture() throws IOException {
    float[][] weights = publish(3, true);
    weights[1][7] = Float.NaN;
    write(weights);
    JobRun run = JobRun.in(folder.resolve("run"));

    String said = run.printed(importing());

    List<Row> members = run.rows(MembersTable.SCHEMA).orderBy("member_id").collectAsList();
    assertThat(said)
        .contains("networks: 3 of 2 runs at 2 steps", "not every run has every step; missing: 1")
        .contains("with weights that are not finite: 1 of 3");
    assertThat(members)
        .extracting(row -> row.getAs("member_id"))
        .containsExactly("run1-e000", "run1-e086", "run2-e000");
    assertThat(members)
        .extracting(row -> row.getAs("status"))
        .containsExactly("ok", "diverged", "ok");
    Row first = members.get(0);
    assertThat(first.<String>getAs("architecture"))
        .isEqualTo("relu:1x32x32:conv2k3s2p0:gap:dense10");
    assertThat(first.<Row>getAs("hyperparameters").<String>getAs("initializer"))
        .isEqualTo("normal");
    assertThat(first.<Double>getAs("test_accuracy")).isEqualTo(0.25);
    List<Float> parameters = first.getList(first.fieldIndex("parameters"));
    // weight [out 1, in 0, row 2, column 1] of the kernel [row, column, in, out] at 2
    assertThat(parameters.get(9 + 2 * 3 + 1)).isEqualTo(weights[0][2 + (2 * 3 + 1) * 2 + 1]);
    // dense: weight [out 4, in 1] of the kernel [in, out] at 30
    assertThat(parameters.get(20 + 4 * 2 + 1)).isEqualTo(weights[0][30 + 10 + 4]);
    SortedMap<String, String> more =
        run.store().describe(MembersTable.SCHEMA.in(JobRun.ZOO)).properties().more();
    assertThat(more)
        .containsEntry("licence", "CC BY 4.0")
        .containsEntry("images", "cifar10")
        .containsKeys(
            "source",
            "source-sha256.weights.npy",
            "source-sha256.metrics.csv.gz",
            "source-sha256.layout.csv");
  }

  @Test
  void rowsThatFallShortOfTheMetricsAreRefusedAndNothingIsPublished() throws IOException {
    float[][] weights = publish(3, false);
    write(new float[][] {weights[0], weights[1]});
    JobRun run = JobRun.in(folder.resolve("run"));

    assertThatThrownBy(() -> run.run(importing()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "weights.npy: expected 3×50 numbers, by metrics and layout, found 2×50")
        .satisfies(e -> assertThat(Failures.exitCode(e)).isEqualTo(ExitCode.DATA));
    assertThat(run.store().list()).isEmpty();
  }

  /** Golden rows of CPython 3, with the published procedure. */
  @Test
  void aModelIsTrainedOnThePublishedSplitIndexByIndex() throws IOException {
    publish(40, true);
    Files.writeString(
        Path.of(zoo()).resolve("split.csv"),
        "0\n23\n24\n4\n19\n38\n20\n34\n31\n21\n9\n14\n35\n37\n28\n2\n25\n5\n8\n13\n6\n0\n26\n18\n"
            + "30\n17\n12\n7\n27\n36\n11\n32\n10\n3\n15\n29\n1\n33\n22\n16\n39\n");
    JobRun run =
        JobRun.in(
            folder.resolve("run"), "splits.by=published", "models.m={kind=scalegmn, members=cnn}");

    run.run(new ZooImport(zoo(), Optional.of("split.csv"), "CC BY 4.0", OtherCodePolicy.REMAKE));

    TaskExamples task =
        new TaskExamples(run.store(), run.config(), run.config().model("m").orElseThrow());
    SplitRuns runs = task.runs();
    assertThat(runs.train()).containsExactlyInAnyOrder(runsOf(25, 5, 19, 35, 21, 9, 31, 23));
    assertThat(runs.validation()).containsExactlyInAnyOrder(runsOf(13, 37));
    assertThat(runs.test()).containsExactlyInAnyOrder(runsOf(17, 7, 27, 11, 3, 15, 29, 1, 33, 39));
    try (ExampleSets examples = task.weights(EnumSet.allOf(Split.class))) {
      assertThat(examples.collect(Split.TRAIN)).hasSize(8);
      assertThat(examples.collect(Split.VALIDATION))
          .extracting(Example::id)
          .containsExactly("run19-e086", "run7-e086");
    }
  }

  @Test
  void theDataSourceReadsTheFilesInPlaceAndWeightsOnlyIfTheyAreWanted() throws IOException {
    publish(40, true);
    JobRun run = JobRun.in(folder.resolve("run"));
    run.run(importing());
    String[] columns = SmallCnnSource.COLUMNS.fieldNames();
    Dataset<Row> table = run.rows(MembersTable.SCHEMA).selectExpr(columns).orderBy("member_id");

    Dataset<Row> files = SharedSession.get().read().format("gradzoo-smallcnn").load(zoo());

    assertThat(files.columns()).containsExactly(columns);
    assertThat(files.orderBy("member_id").collectAsList()).isEqualTo(table.collectAsList());
    assertThat(files.where("epoch = 86 and size(parameters) = 50").count()).isEqualTo(20);
    assertThat(files.select("test_accuracy").queryExecution().executedPlan().toString())
        .contains("test_accuracy")
        .doesNotContain("parameters");
    Files.write(Path.of(zoo()).resolve("weights.npy"), new byte[] {1}, StandardOpenOption.APPEND);
    assertThatThrownBy(() -> files.select("parameters").collectAsList())
        .hasStackTraceContaining("weights.npy");
  }

  @Test
  void filesOnHdfsAreReadAsThoseOfThisMachineAre() throws IOException {
    publish(40, true);
    JobRun run = JobRun.in(folder.resolve("run"));
    run.run(importing());
    List<Row> here = columns(run);
    try (Hdfs hdfs = new Hdfs(folder.resolve("hdfs"))) {
      org.apache.hadoop.fs.Path there = new org.apache.hadoop.fs.Path(hdfs.files().getUri() + "/z");
      hdfs.files().copyFromLocalFile(new org.apache.hadoop.fs.Path(zoo()), there);

      run.run(importing(there.toString()));

      assertThat(columns(run)).isEqualTo(here);
      assertThat(SharedSession.get().read().format("gradzoo-smallcnn").load(there.toString()))
          .satisfies(
              files -> assertThat(files.where("size(parameters) = 50").count()).isEqualTo(40));
    }
  }

  @Test
  void otherImagesThanTheTableNamesAreRefused() throws IOException {
    publish(4, false);
    JobRun run = JobRun.in(folder.resolve("run"), "zoo.images=svhn", "gradients.members=all");
    run.run(importing());

    GradzooException e = run.refusal(new GradientComputation());

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e)
        .hasMessageContaining(
            "zoo.images: expected cifar10, the images of the imported members of tiny, found svhn");
  }

  /** Published runs have one seed, so that many start from the same weights. */
  @Test
  void runsThatStartedFromTheSameWeightsAreDividedAndThoseThatEndedInThemAreNot()
      throws IOException {
    float[][] weights = publish(40, false);
    for (int i = 2; i < 40; i += 2) {
      weights[i] = weights[0];
    }
    weights[39] = weights[1];
    write(weights);
    JobRun run = JobRun.in(folder.resolve("run"), "models.m={kind=scalegmn, members=cnn}");
    run.run(importing());

    SplitRuns runs =
        new TaskExamples(run.store(), run.config(), run.config().model("m").orElseThrow()).runs();

    List<List<String>> splits = List.of(runs.train(), runs.validation(), runs.test());
    assertThat(splits).allSatisfy(split -> assertThat(split).isNotEmpty());
    assertThat(splits)
        .filteredOn(split -> split.contains("run1") && split.contains("run20"))
        .hasSize(1);
  }

  @Test
  void splitsThatNobodyPublishedAreMissed() throws IOException {
    publish(4, false);
    JobRun run =
        JobRun.in(
            folder.resolve("run"), "splits.by=published", "models.m={kind=scalegmn, members=mlp}");
    run.run(importing());

    TaskExamples task =
        new TaskExamples(run.store(), run.config(), run.config().model("m").orElseThrow());

    assertThatThrownBy(task::runs)
        .isInstanceOf(GradzooException.class)
        .hasMessageContaining("expected members with published splits, found none");
  }

  @Test
  void weightsThatChangeDuringTheImportAreNoticed() throws IOException {
    publish(2, false);
    ZooFolder source = new ZooFolder(zoo());
    FileVersion before = source.weightsVersion();
    source.requireWeights(before);

    Files.setLastModifiedTime(
        Path.of(zoo()).resolve("weights.npy"), FileTime.fromMillis(before.modified() + 1000));

    assertThatThrownBy(() -> source.requireWeights(before))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a file that stays as it is during the import");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    publish(3, false);
    Files.delete(Path.of(zoo()).resolve("layout.csv"));

    assertThatThrownBy(() -> JobRun.in(folder.resolve("run")).run(importing()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("layout.csv: expected a file of this name");
  }

  @Test
  void nothingIsExportedOverWhatIsThere() throws IOException {
    JobRun made = digits();
    made.run(new ZooGeneration());
    Path mine = Files.createDirectories(Path.of(zoo())).resolve("mine.txt");
    Files.writeString(mine, "mine");

    GradzooException e = made.refusal(new ZooExport(zoo(), ExportFormat.SMALL_CNN));

    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(e).hasMessageContaining("expected a new folder");
    assertThat(mine).hasContent("mine");
  }

  /** The runs of rows. */
  private static String[] runsOf(int... rows) {
    return Arrays.stream(rows).mapToObj(row -> "run" + (1 + row / 2)).toArray(String[]::new);
  }

  private String zoo() {
    return folder.resolve("zoo").toString();
  }

  private ZooImport importing() {
    return importing(zoo());
  }

  private static ZooImport importing(String from) {
    return new ZooImport(from, Optional.empty(), "CC BY 4.0", OtherCodePolicy.REMAKE);
  }

  /** All but what says who made the rows. */
  private static List<Row> columns(JobRun run) {
    return run.rows(MembersTable.SCHEMA)
        .drop(MembersTable.CONFIG_HASH, MembersTable.CODE_VERSION)
        .orderBy(MembersTable.MEMBER_ID)
        .collectAsList();
  }

  private JobRun digits() {
    return JobRun.in(
        folder.resolve("run"),
        "seed=258",
        "zoo.runs=12",
        "zoo.architectures=[\"1x8x8:conv4k3s2p0:conv4k3s1p0:gap:dense10\"]",
        "zoo.epochs=2",
        "zoo.checkpoints=[1, 2]",
        "gradients.members=all",
        "gradients.probe-samples=4",
        "splits={ train = 0.4, validation = 0.3, test = 0.3 }",
        "models.scalegmn={kind=scalegmn, members=cnn, scalegmn { width = 8, layers = 2 },"
            + " training { shards = 3, rounds = 2, steps-per-round = 2, batch-size = 4 } }");
  }

  /** Networks of runs with two steps each, the last without its second. */
  private float[][] publish(int networks, boolean gzip) throws IOException {
    Path target = Files.createDirectories(Path.of(zoo()));
    Files.writeString(target.resolve("layout.csv"), LAYOUT);
    StringBuilder metrics = new StringBuilder(COLUMNS);
    float[][] weights = new float[networks][50];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < networks; i++) {
      metrics.append(
          "%d,relu,zeros,cifar10,cnn,0.1,86,20,0.05,0.001,0.01,3,16,adam,42,0.5,RandomNormal,/a/run%d,%d,0.25,2.5,0.3,2.25,False%n"
              .formatted(i, 1 + i / 2, 86 * (i % 2)));
      for (int j = 0; j < 50; j++) {
        weights[i][j] = (float) random.nextDouble(-1, 1);
      }
    }
    String name = gzip ? "metrics.csv.gz" : "metrics.csv";
    try (OutputStream out = Files.newOutputStream(target.resolve(name));
        OutputStream text = gzip ? new GZIPOutputStream(out) : out) {
      text.write(metrics.toString().getBytes(StandardCharsets.UTF_8));
    }
    write(weights);
    return weights;
  }

  private void write(float[][] weights) throws IOException {
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, 50), }".formatted(weights.length);
    String header = text + " ".repeat(117 - text.length()) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(128 + weights.length * 200).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) 118);
    bytes.put(header.getBytes(StandardCharsets.US_ASCII));
    for (float[] row : weights) {
      for (float value : row) {
        bytes.putFloat(value);
      }
    }
    Files.write(Path.of(zoo()).resolve("weights.npy"), bytes.array());
  }
}
