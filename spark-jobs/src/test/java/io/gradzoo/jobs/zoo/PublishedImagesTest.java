package io.gradzoo.jobs.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.datasets.DataException;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.testing.JobRun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zoo on images in the files of MNIST, of which there are few here, and made up. */
class PublishedImagesTest {
  @TempDir Path folder;

  @Test
  void membersAreTrainedOnTheFilesAndTestedOnTheirTestImages() throws IOException {
    JobRun run = run(images(folder.resolve("first"), 1));

    run.run(new ZooGeneration());
    run.run(new GradientComputation());

    Row member = run.rows(MembersTable.SCHEMA).head();
    double right = member.<Double>getAs(MembersTable.TEST_ACCURACY) * 10;
    assertThat(member.<String>getAs(MembersTable.STATUS)).isEqualTo("ok");
    assertThat(right).isCloseTo(Math.rint(right), within(1e-9));
    assertThat(run.rows(GradientSetsTable.SCHEMA).count()).isEqualTo(1);
  }

  @Test
  void gradientSetsOnOtherImagesThanTheMembersWereTrainedOnAreRefused() throws IOException {
    JobRun run = run(images(folder.resolve("first"), 1));
    run.run(new ZooGeneration());
    JobRun other = run.with("datasets.folder=" + images(folder.resolve("other"), 2));

    GradzooException e = other.refusal(new GradientComputation());

    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(e).hasMessageContaining("images: mnist: expected those that tiny was trained on");
  }

  @Test
  void missingFilesAreExitCodeThreeBeforeAnyWork() {
    JobRun run = run(folder.resolve("nowhere"));

    assertThatThrownBy(() -> run.run(new ZooGeneration()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nowhere/mnist/train-images-idx3-ubyte")
        .hasMessageContaining("get the four files of MNIST")
        .satisfies(e -> assertThat(Failures.exitCode(e)).isEqualTo(ExitCode.DATA));
    assertThat(run.tables()).doesNotExist();
  }

  @Test
  void pngsThatAnArchitectureCannotReadAreExitCodeTwo() throws IOException {
    JobRun run = run(folder).with("zoo.images=png");
    for (String name : new String[] {"a", "b"}) {
      Path file = Files.createDirectories(folder.resolve("png/" + name)).resolve("x.png");
      ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }

    GradzooException e = run.refusal(new ZooGeneration());

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e).hasMessageContaining("expected 64 inputs and 2 outputs for png");
  }

  private JobRun run(Path images) {
    return JobRun.in(
        folder.resolve("run"),
        "datasets.folder=" + images,
        "zoo.images=mnist",
        "zoo.runs=1",
        "zoo.epochs=1",
        "zoo.checkpoints=[1]",
        "zoo.batch-size=8",
        "zoo.recipe.train-fraction=[1]",
        "zoo.architectures=[\"1x28x28:conv4k3s2p0:gap:dense10\"]",
        "gradients.members=all",
        "gradients.probe-samples=4");
  }

  /** 20 images to train on and 10 to test on. */
  private static Path images(Path folder, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Path own = Files.createDirectories(folder.resolve("mnist"));
    part(own, "train", 20, random);
    part(own, "t10k", 10, random);
    return folder;
  }

  private static void part(Path folder, String name, int count, SplittableRandom random)
      throws IOException {
    byte[] pixels = new byte[count * 28 * 28];
    random.nextBytes(pixels);
    ByteBuffer images = ByteBuffer.allocate(16 + pixels.length);
    images.putInt(0x803).putInt(count).putInt(28).putInt(28).put(pixels);
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      labels.put((byte) random.nextInt(10));
    }
    Files.write(folder.resolve(name + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels.array());
  }
}
