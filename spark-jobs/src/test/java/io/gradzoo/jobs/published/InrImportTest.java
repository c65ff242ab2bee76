package io.gradzoo.jobs.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.inr.InrLayout;
import io.gradzoo.engine.network.GaussianNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.testing.JobRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made-up zoos of implicit neural representations in the three published layouts. */
class InrImportTest {
  private static final int[] WIDTHS = {2, 4, 3, 1};
  private static final LayeredArchitecture ARCHITECTURE =
      LayeredArchitecture.parse("sine30:2:dense4:dense3:dense1");

  @TempDir Path folder;

  @Test
  void networksOfMnistHaveTheLabelOfTheirPathAndTheSplitOfTheFile() throws IOException {
    network("mnist-inrs/mnist_png_training_7_11/checkpoints/model_final.pth", 1, null);
    network("mnist-inrs/mnist_png_training_3_12/checkpoints/model_final.pth", 2, null);
    network("mnist-inrs/mnist_png_testing_7_11/checkpoints/model_final.pth", 3, null);
    splits(
        "{'train': {'path': ['mnist-inrs/mnist_png_training_7_11/checkpoints/model_final.pth'],"
            + " 'label': ['7']},"
            + " 'val': {'path': [], 'label': []},"
            + " 'test': {'path': ['data/zoo/mnist-inrs/mnist_png_testing_7_11/checkpoints/"
            + "model_final.pth'], 'label': ['7']}}");
    JobRun run = JobRun.in(folder.resolve("run"));

    String said = run.printed(importing(InrLayout.MNIST_INRS, Optional.of("splits.json")));

    assertThat(said).contains("networks: 3 of 3 runs", "with weights that are not finite: 0 of 3");
    List<Row> members = members(run);
    assertThat(members)
        .extracting(
            row -> row.getAs("member_id"),
            row -> row.getAs("run_id"),
            row -> row.getAs("image_id"),
            row -> row.getAs("label"),
            row -> row.getAs("published_split"))
        .containsExactly(
            tuple("mnist_png_testing_7_11-model_final", "mnist_png_testing_7_11", "11", 7, "test"),
            tuple("mnist_png_training_3_12-model_final", "mnist_png_training_3_12", "12", 3, null),
            tuple(
                "mnist_png_training_7_11-model_final",
                "mnist_png_training_7_11",
                "11",
                7,
                "train"));
    Row first = members.get(0);
    assertThat(first.<String>getAs("architecture")).isEqualTo(ARCHITECTURE.id());
    assertThat(first.<String>getAs("family")).isEqualTo("mlp");
    assertThat(MembersTable.MemberRow.of(first).weights().parameters())
        .containsExactly(GaussianNetwork.parameters(ARCHITECTURE, 3));
    assertThat(run.store().describe(MembersTable.SCHEMA.in(JobRun.ZOO)).properties().more())
        .containsEntry("licence", "MIT")
        .containsEntry("output-offset", "0.5")
        .containsEntry("images", "mnist")
        .containsKeys("source", "source-sha256.files", "source-sha256.lists");
  }

  @Test
  void networksOfFashionMnistHaveTheLabelOfTheirFile() throws IOException {
    network("a/net_1.pth", 1, 4);
    network("a/net_2.pth", 2, 9);
    splits("{'train': ['a/net_1.pth'], 'test': ['./a/net_2.pth']}");
    JobRun run = JobRun.in(folder.resolve("run"));

    run.run(importing(InrLayout.FASHION_MNIST_INRS, Optional.of("splits.json")));

    assertThat(members(run))
        .extracting(
            row -> row.getAs("member_id"),
            row -> row.getAs("label"),
            row -> row.getAs("published_split"))
        .containsExactly(tuple("a-net_1", 4, "train"), tuple("a-net_2", 9, "test"));
  }

  @Test
  void networksThatCannotReadTheImagesAreRefusedBeforeGradientsAreTaken() throws IOException {
    network("net.pth", 1, null);
    Files.writeString(
        zoo().resolve("zoo.json"), "{\"format\": \"torch\", \"activation\": \"sine30\"}");
    JobRun run = JobRun.in(folder.resolve("run"), "gradients.members=all");
    run.run(FilesImport.described(zoo().toString(), "MIT", OtherCodePolicy.REMAKE));

    GradzooException refused = run.refusal(new GradientComputation());

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused).hasMessageContaining("expected 64 inputs and 10 outputs for digits");
  }

  @Test
  void splitsOfOtherFilesAndOtherLabelsAreRefusedAndNothingIsPublished() throws IOException {
    String path = "mnist_png_training_7_11/checkpoints/model_final.pth";
    network(path, 1, null);
    JobRun run = JobRun.in(folder.resolve("run"));
    Map.of(
            "{'train': ['mnist_png_training_7_12/checkpoints/model_final.pth']}",
            "expected paths of networks in the folder",
            "{'train': {'path': ['" + path + "'], 'label': ['8']}}",
            "expected label 7 in the split file, as the path says, found 8",
            "{'train': ['" + path + "'], 'test': ['x/" + path + "']}",
            "expected each network once")
        .forEach(
            (json, message) -> {
              splits(json);
              assertThatThrownBy(
                      () -> run.run(importing(InrLayout.MNIST_INRS, Optional.of("splits.json"))))
                  .isInstanceOf(DataException.class)
                  .hasMessageContaining(message)
                  .satisfies(e -> assertThat(Failures.exitCode(e)).isEqualTo(ExitCode.DATA));
            });
    assertThat(run.store().list()).isEmpty();
  }

  @Test
  void aLinkThatLeadsOutOfTheFolderIsNotFollowed() throws IOException {
    Path outside = folder.resolve("outside.pth");
    StateDictFile.write(outside, WIDTHS, GaussianNetwork.parameters(ARCHITECTURE, 1), 1);
    Files.createDirectories(zoo());
    Files.createSymbolicLink(zoo().resolve("net.pth"), outside);

    assertThatThrownBy(
            () ->
                JobRun.in(folder.resolve("run"))
                    .run(importing(InrLayout.FASHION_MNIST_INRS, Optional.empty())))
        .hasStackTraceContaining("found a link that leads out of it");
  }

  private Path zoo() {
    return folder.resolve("zoo");
  }

  private FilesImport importing(InrLayout layout, Optional<String> splits) {
    return FilesImport.inrs(zoo().toString(), layout, splits, "MIT", OtherCodePolicy.REMAKE);
  }

  private void network(String path, int seed, Integer label) throws IOException {
    StateDictFile.write(
        zoo().resolve(path), WIDTHS, GaussianNetwork.parameters(ARCHITECTURE, seed), label);
  }

  private void splits(String json) {
    try {
      Files.writeString(zoo().resolve("splits.json"), json.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Row> members(JobRun run) {
    return run.rows(MembersTable.SCHEMA).orderBy("member_id").collectAsList();
  }
}
