package io.gradzoo.jobs.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.testing.JobRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recipes of published zoos, on made-up images in the files of their image sets. */
class RecipesTest {
  private static final List<Integer> PUBLISHED = List.of(0, 1, 2, 3, 20, 40, 60, 80, 86);

  @TempDir static Path images;
  @TempDir Path folder;

  @BeforeAll
  static void makeUpImages() throws IOException {
    for (String set : List.of("mnist", "fashion_mnist")) {
      Path own = Files.createDirectories(images.resolve(set));
      idx(own, "train", 24);
      idx(own, "t10k", 8);
    }
    Path cifar = Files.createDirectories(images.resolve("cifar10"));
    for (String batch :
        List.of("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5")) {
      Files.write(cifar.resolve(batch + ".bin"), cifar(8));
    }
    Files.write(cifar.resolve("test_batch.bin"), cifar(8));
  }

  @ParameterizedTest
  @CsvSource({
    "cifar10-gs, cifar10, 1x32x32",
    "mnist-gs, mnist, 1x28x28",
    "fashion-mnist-gs, fashion_mnist, 1x28x28"
  })
  void aSmallCnnZooHasThePublishedShape(String preset, String set, String input) {
    GradzooConfig full = config(preset);
    JobRun tiny =
        JobRun.of(file(preset), folder)
            .with(
                "datasets.folder=" + images,
                "zoo.runs=3",
                "zoo.epochs=3",
                "zoo.checkpoints=[0, 1, 2, 3]",
                "zoo.batch-size=8",
                "zoo.max-failure-share=1");

    tiny.run(new ZooGeneration());

    assertThat(full.zoo().runs()).isEqualTo(30_000);
    assertThat(full.zoo().checkpoints()).isEqualTo(PUBLISHED);
    assertThat(full.zoo().images()).isEqualTo(set);
    List<Row> members = tiny.rows(MembersTable.SCHEMA).collectAsList();
    assertThat(members).hasSize(12);
    assertThat(members)
        .allSatisfy(
            member ->
                assertThat(member.<String>getAs(MembersTable.ARCHITECTURE))
                    .matches("(relu|tanh):" + input + "(:conv16k3s2p0){3}:gap:dense10"));
    assertThat(members)
        .filteredOn(member -> member.getAs(MembersTable.PARAMETERS) != null)
        .isNotEmpty()
        .allSatisfy(
            member -> assertThat(member.getList(member.fieldIndex("parameters"))).hasSize(4970));
    assertThat(tiny.run(new VerifyZoo(Optional.empty(), 12)).problems()).isEmpty();
  }

  @Test
  void anInrZooHasSeveralNetworksForEachImage() {
    GradzooConfig full = config("mnist-inr");
    JobRun tiny =
        JobRun.of(file("mnist-inr"), folder)
            .with(
                "datasets.folder=" + images,
                "zoo.runs=26",
                "zoo.epochs=3",
                "zoo.checkpoints=[0, 3]",
                "zoo.initializations=2");

    tiny.run(new ZooGeneration());

    assertThat(full.zoo().architectures()).containsExactly("sine30:2:dense32:dense32:dense1");
    assertThat(full.zoo().initializations()).isEqualTo(3);
    assertThat(tiny.rows(MembersTable.SCHEMA).count()).isEqualTo(26 * 2 * 2);
    assertThat(tiny.rows(MembersTable.SCHEMA).where("psnr IS NULL").count()).isZero();
    assertThat(tiny.rows(MembersTable.SCHEMA).where("image_id = '25' AND label = 1").count())
        .as("the second of the images to test on")
        .isEqualTo(4);
    assertThat(tiny.rows(MembersTable.SCHEMA).select("run_id").distinct().count()).isEqualTo(26);
  }

  @Test
  void moreImagesThanThereAreAreRefused() {
    JobRun tiny =
        JobRun.of(file("mnist-inr"), folder).with("datasets.folder=" + images, "zoo.runs=33");

    assertThat(tiny.refusal(new ZooGeneration()))
        .hasMessageContaining("zoo.runs: expected at most 32, the images of mnist, found 33");
  }

  /** On digits, since noise is not fitted. */
  @Test
  void moreStepsFitAnImageBetter() {
    JobRun digits =
        JobRun.in(
            folder,
            "zoo.source=fitted",
            "zoo.runs=2",
            "zoo.initializations=2",
            "zoo.epochs=300",
            "zoo.checkpoints=[0, 300]",
            "zoo.recipe.initializer=[siren]",
            "zoo.recipe.optimizer=[adam]",
            "zoo.recipe.learning-rate=[1e-3, 1e-3]",
            "zoo.recipe.l2=[0, 0, uniform]",
            "zoo.architectures=[\"sine30:2:dense32:dense32:dense1\"]");

    digits.run(new ZooGeneration());

    List<Row> members =
        digits.rows(MembersTable.SCHEMA).orderBy(MembersTable.MEMBER_ID).collectAsList();
    assertThat(members).extracting(row -> row.getString(0)).contains("r000001-i01-e300").hasSize(8);
    for (int i = 0; i < members.size(); i += 2) {
      assertThat(members.get(i).<Double>getAs(MembersTable.PSNR)).isLessThan(15);
      assertThat(members.get(i + 1).<Double>getAs(MembersTable.PSNR)).isGreaterThan(30);
    }
    assertThat(digits.rows(MembersTable.SCHEMA).select("parameters_sha256").distinct().count())
        .isEqualTo(8);
  }

  private static Path file(String preset) {
    return Path.of("../conf/" + preset + ".conf");
  }

  private static GradzooConfig config(String preset) {
    return ConfigLayers.of(file(preset)).load();
  }

  private static void idx(Path folder, String name, int count) throws IOException {
    byte[] pixels = new byte[count * 28 * 28];
    new SplittableRandom(count).nextBytes(pixels);
    ByteBuffer file = ByteBuffer.allocate(16 + pixels.length);
    file.putInt(0x803).putInt(count).putInt(28).putInt(28).put(pixels);
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      labels.put((byte) (i % 10));
    }
    Files.write(folder.resolve(name + "-images-idx3-ubyte"), file.array());
    Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels.array());
  }

  private static byte[] cifar(int count) {
    byte[] file = new byte[count * 3073];
    new SplittableRandom(count).nextBytes(file);
    for (int i = 0; i < count; i++) {
      file[i * 3073] = (byte) (i % 10);
    }
    return file;
  }
}
