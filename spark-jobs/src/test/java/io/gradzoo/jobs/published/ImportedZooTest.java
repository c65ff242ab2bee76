package io.gradzoo.jobs.published;

import static io.gradzoo.jobs.code.OtherCodePolicy.REMAKE;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.datasets.inr.InrLayout;
import io.gradzoo.engine.network.GaussianNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.evaluation.PredictionJob;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.task.accuracy.AccuracyTask;
import io.gradzoo.jobs.task.trace.FisherTraceTask;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.VerifiedZoo;
import io.gradzoo.jobs.zoo.VerifyZoo;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.jobs.zoo.ZooRegeneration;
import io.gradzoo.testing.JobRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks of every form that is imported are what was written, and serve gradients, training,
 * prediction and verification without a word of them in the config.
 */
class ImportedZooTest {
  private static final String TRAINING =
      "gradmetanet { width = 4, position-dimension = 2 },"
          + " training { shards = 2, rounds = 1, steps-per-round = 2, batch-size = 4 }";
  private static final String SPLITS = "splits={ train = 0.4, validation = 0.3, test = 0.3 }";
  private static final int[] SIREN = {2, 4, 3, 1};

  @TempDir static Path made;
  private static JobRun source;
  private static List<Row> members;

  @TempDir Path folder;

  @BeforeAll
  static void make() {
    source =
        JobRun.in(
            made,
            "zoo.runs=12",
            "zoo.architectures=[\"64:dense8:dense10\"]",
            "zoo.epochs=1",
            "zoo.checkpoints=[1]",
            "zoo.recipe.optimizer=[adam]");
    source.run(new ZooGeneration());
    source.run(new ZooExport(made.resolve("npz").toString(), ExportFormat.NPZ));
    members = columns(source);
  }

  @ParameterizedTest
  @ValueSource(strings = {"npz", "safetensors", "csv", "torch", "onnx", "dl4j"})
  void classifiersAreImportedBitByBitWithTheirImages(String format) throws IOException {
    write(format);
    JobRun run = JobRun.in(folder.resolve("run"));

    run.run(importing("zoo", ZooFormat.FILES));

    assertThat(columns(run)).isEqualTo(members).hasSize(12);
    assertThat(run.store().describe(MembersTable.SCHEMA.in(JobRun.ZOO)).properties().images())
        .contains("digits");
    for (Job<?> other :
        List.of(new ZooGeneration(), new ZooRegeneration(REMAKE, Optional.empty()))) {
      assertThat(run.refusal(other)).hasMessageContaining("expected a zoo that was made here");
    }
  }

  @Test
  void classifiersServeEveryCommand() throws IOException {
    assertClassifiersServe("onnx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"npz", "safetensors", "csv", "torch", "dl4j"})
  @Tag("slow")
  void classifiersOfOtherFormatsServeEveryCommand(String format) throws IOException {
    assertClassifiersServe(format);
  }

  private void assertClassifiersServe(String format) throws IOException {
    write(format);
    JobRun run =
        JobRun.in(
            folder.resolve("run"),
            "gradients.probe-samples=4",
            SPLITS,
            "models.m={kind=gradmetanet, members=mlp, " + TRAINING + "}");

    run.run(importing("zoo", ZooFormat.FILES));
    run.run(new GradientComputation());
    run.run(new TrainingJob("m"));
    run.run(new PredictionJob(run.directory("m")));
    VerifiedZoo verified = run.run(new VerifyZoo(Optional.empty(), 12));

    assertThat(run.rows(PredictionsTable.of("m", new AccuracyTask().column())).count())
        .isEqualTo(12);
    assertThat(verified.faults()).isEmpty();
    assertThat(verified.images()).contains("digits");
    assertThat(verified.sampled()).isEqualTo(12);
    assertComesAgain(run);
  }

  @Test
  void representationsServeEveryCommand() throws IOException {
    assertRepresentationsServe(InrLayout.CIFAR10_INRS);
  }

  @ParameterizedTest
  @EnumSource(
      value = InrLayout.class,
      names = {"MNIST_INRS", "FASHION_MNIST_INRS"})
  @Tag("slow")
  void representationsOfOtherLayoutsServeEveryCommand(InrLayout layout) throws IOException {
    assertRepresentationsServe(layout);
  }

  private void assertRepresentationsServe(InrLayout layout) throws IOException {
    LayeredArchitecture siren = LayeredArchitecture.parse("sine30:2:dense4:dense3:dense1");
    for (int i = 0; i < 14; i++) {
      StateDictFile.write(
          folder.resolve("zoo").resolve(path(layout, i)),
          SIREN,
          GaussianNetwork.parameters(siren, i),
          layout == InrLayout.FASHION_MNIST_INRS ? i % 3 : null);
    }
    JobRun run =
        JobRun.in(
            folder.resolve("run"),
            "gradients.members=inr",
            "gradients.probe=points",
            "gradients.probe-samples=4",
            "gradients.target-samples=8",
            "gradients.signal=output",
            "gradients.loss=output_k",
            SPLITS,
            "models.m={kind=gradmetanet, members=inr, task=fisher_trace, " + TRAINING + "}");

    run.run(importing("zoo", ZooFormat.valueOf(layout.name())));
    run.run(new GradientComputation());
    run.run(new TrainingJob("m"));
    run.run(new PredictionJob(run.directory("m")));

    assertThat(columns(run)).hasSize(14).extracting(row -> row.getAs("label")).contains(0, 1);
    assertThat(run.rows(PredictionsTable.of("m", new FisherTraceTask().column())).count())
        .isEqualTo(14);
    assertThat(run.run(new VerifyZoo(Optional.empty(), 14)).faults()).isEmpty();
    assertComesAgain(run);
  }

  private void assertComesAgain(JobRun run) {
    run.run(new ZooExport(folder.resolve("again").toString(), ExportFormat.NPZ));
    JobRun again = run.with("zoo.name=again");
    again.run(importing("again", ZooFormat.FILES));
    assertThat(columns(again)).isEqualTo(columns(run));
  }

  private Job<ImportedZoo> importing(String from, ZooFormat format) {
    return format.importing(folder.resolve(from).toString(), Optional.empty(), "mine", REMAKE);
  }

  private static String path(InrLayout layout, int image) {
    return switch (layout) {
      case MNIST_INRS ->
          "mnist_png_training_%d_%d/checkpoints/model.pth".formatted(image % 3, image);
      case FASHION_MNIST_INRS -> "net_%d.pth".formatted(image);
      case CIFAR10_INRS -> "randinit_smaller_%ds/net%d.pth".formatted(image % 3, image);
    };
  }

  /** The zoo that was made, in a format that is exported or one that is not. */
  private void write(String format) throws IOException {
    switch (format) {
      case "torch" ->
          write(
              format,
              ".pth",
              (file, architecture, parameters) ->
                  StateDictFile.write(file, new int[] {64, 8, 10}, parameters, null));
      case "onnx" -> write(format, ".onnx", OtherLibrariesFiles::onnx);
      case "dl4j" -> write(format, ".zip", OtherLibrariesFiles::dl4j);
      default ->
          source.run(
              new ZooExport(
                  folder.resolve("zoo").toString(),
                  ExportFormat.valueOf(format.toUpperCase(Locale.ROOT))));
    }
  }

  /** How a library writes a network. */
  private interface Library {
    void write(Path file, LayeredArchitecture architecture, float[] parameters) throws IOException;
  }

  private void write(String format, String suffix, Library library) throws IOException {
    Path zoo = folder.resolve("zoo");
    Files.createDirectories(zoo.resolve("networks"));
    for (String list : List.of("zoo.json", "members.csv")) {
      String text = Files.readString(made.resolve("npz").resolve(list));
      Files.writeString(
          zoo.resolve(list), text.replace(".npz", suffix).replace("\"npz\"", "\"" + format + "\""));
    }
    for (Row row : members) {
      library.write(
          zoo.resolve("networks").resolve(row.getAs("member_id") + suffix),
          LayeredArchitecture.parse(row.getAs("architecture")),
          numbers(row.getList(row.fieldIndex("parameters"))));
    }
  }

  private static float[] numbers(List<Float> list) {
    float[] numbers = new float[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = list.get(i);
    }
    return numbers;
  }

  private static List<Row> columns(JobRun run) {
    return run.rows(MembersTable.SCHEMA)
        .drop(MembersTable.CONFIG_HASH, MembersTable.CODE_VERSION)
        .orderBy(MembersTable.MEMBER_ID)
        .collectAsList();
  }
}
