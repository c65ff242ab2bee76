package io.gradzoo.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.format.Corpus;
import io.gradzoo.datasets.format.Mutations;
import io.gradzoo.engine.network.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Image sets in the formats that they are published in, made by the tests themselves. */
class ImageSourceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mnist", "fashion_mnist"})
  void idxFilesAreReadPlainOrGzipped(String name) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    Files.write(own.resolve("train-images-idx3-ubyte"), idxImages(3));
    Files.write(own.resolve("train-labels-idx1-ubyte"), idxLabels(3));
    Files.write(own.resolve("t10k-images-idx3-ubyte.gz"), gzip(idxImages(2)));
    Files.write(own.resolve("t10k-labels-idx1-ubyte.gz"), gzip(idxLabels(2)));

    FoundImages found = ImageSets.named(name).read(folder, Colours.MEAN);
    ImageSet.Division images = found.divide(1, 0.5);

    assertThat(images.train().shape()).isEqualTo(new Shape(1, 28, 28));
    assertThat(images.train().labels()).containsExactly(0, 1, 2);
    assertThat(images.train().pixels()[28 * 28 + 5]).isEqualTo(2f * 6 / 255f - 1f);
    assertThat(images.test().labels()).containsExactly(0, 1);
    assertThat(images.testIndices()).containsExactly(0, 1);
    assertThat(found.notes())
        .hasSize(4)
        .allMatch(note -> note.contains("is not the file that was"));
  }

  @Test
  void labelsAndImagesBelongTogether() throws IOException {
    Path own = Files.createDirectories(folder.resolve("mnist"));
    for (String part : List.of("train", "t10k")) {
      Files.write(own.resolve(part + "-images-idx3-ubyte"), idxImages(3));
      Files.write(own.resolve(part + "-labels-idx1-ubyte"), idxLabels(4));
    }

    assertThatThrownBy(() -> ImageSets.named("mnist").read(folder, Colours.MEAN))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train-images-idx3-ubyte: expected images×height×width [4, 28, 28]")
        .hasMessageContaining("found [3, 28, 28]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnist", "fashion_mnist", "cifar10", "svhn", "png"})
  void aSetThatIsMissingSaysWhereToGetIt(String name) {
    assertThatThrownBy(() -> ImageSets.named(name).read(folder, Colours.MEAN))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder.resolve(name).toString())
        .hasMessageContaining("datasets.folder")
        .hasMessageMatching(name.equals("png") ? ".*make it.*" : ".*https?://.*");
  }

  @Test
  void cifarBatchesAreReadInOrderAndMadeGrey() throws IOException {
    Path own = Files.createDirectories(folder.resolve("cifar10/cifar-10-batches-bin"));
    for (int batch = 1; batch <= 5; batch++) {
      Files.write(own.resolve("data_batch_" + batch + ".bin"), cifar(batch, 2));
    }
    Files.write(own.resolve("test_batch.bin"), cifar(6, 1));

    ImageSet kept = cifar(Colours.KEPT);
    ImageSet mean = cifar(Colours.MEAN);
    ImageSet luma = cifar(Colours.LUMA);

    assertThat(kept.labels()).containsExactly(1, 1, 2, 2, 3, 3, 4, 4, 5, 5);
    assertThat(kept.shape()).isEqualTo(new Shape(3, 32, 32));
    assertThat(mean.shape()).isEqualTo(new Shape(1, 32, 32));
    int place = 7 * 1024 + 33; // of image 7, from batch 4
    assertThat(kept.pixels()[7 * 3072 + 33]).isEqualTo(2f * 40 / 255f - 1f);
    assertThat(mean.pixels()[place]).isEqualTo(2f * (40 + 80 + 120) / 765f - 1f);
    assertThat(luma.pixels()[place])
        .isEqualTo(2f * (299 * 40 + 587 * 80 + 114 * 120) / 255_000f - 1f);
  }

  @Test
  void aBatchOfHalfARecordIsRefused() throws IOException {
    Path own = Files.createDirectories(folder.resolve("cifar10"));
    for (String name :
        List.of("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5")) {
      Files.write(own.resolve(name + ".bin"), new byte[4000]);
    }
    Files.write(own.resolve("test_batch.bin"), new byte[4000]);

    assertThatThrownBy(() -> cifar(Colours.MEAN))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data_batch_1.bin: expected records of 3073 bytes, found 4000 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.mat", "compressed.mat", "labels_as_double.mat"})
  void houseNumbersAreReadWithTenForZero(String file) throws Exception {
    FoundImages found = svhn(file, "compressed.mat");

    ImageSet images = found.images();
    assertThat(images.labels()).containsExactly(1, 0, 9, 2, 0);
    assertThat(images.pixels()[0]).isEqualTo(2f * 248 / 255f - 1f);
    assertThat(images.pixels()[1]).isEqualTo(2f * 60 / 255f - 1f);
    assertThat(images.pixels()[5]).isEqualTo(2f * 8 / 255f - 1f);
    assertThat(found.test().orElseThrow().size()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"truncated.mat", "wrong_count.mat", "no_labels.mat", "other_shape.mat"})
  void houseNumbersThatAreDamagedAreRefused(String file) {
    assertThatThrownBy(() -> svhn(file, "plain.mat"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train_32x32.mat")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFolderOfPngsHasAClassForEachSubfolder() throws IOException {
    png("cat/b.png", BufferedImage.TYPE_INT_RGB, 0x102030);
    png("cat/a.png", BufferedImage.TYPE_INT_RGB, 0x405060);
    png("dog/c.PNG", BufferedImage.TYPE_INT_RGB, 0x708090);
    Files.writeString(folder.resolve("png/dog/notes.txt"), "no image");

    FoundImages found = ImageSets.named("png").read(folder, Colours.KEPT);

    ImageSet images = found.images();
    assertThat(found.test()).isEmpty();
    assertThat(images.shape()).isEqualTo(new Shape(3, 4, 5));
    assertThat(images.classes()).isEqualTo(2);
    assertThat(images.labels()).containsExactly(0, 0, 1);
    assertThat(images.pixels()[0]).isEqualTo(2f * 0x40 / 255f - 1f);
    assertThat(images.pixels()[20]).isEqualTo(2f * 0x50 / 255f - 1f);
    assertThat(images.pixels()[2 * 60 + 40]).isEqualTo(2f * 0x90 / 255f - 1f);
  }

  @Test
  void greyPngsKeepTheirValues() throws IOException {
    png("a/x.png", BufferedImage.TYPE_BYTE_GRAY, 0x404040);
    png("b/y.png", BufferedImage.TYPE_BYTE_GRAY, 0xffffff);
    BufferedImage stored = ImageIO.read(folder.resolve("png/a/x.png").toFile());
    int value = stored.getRaster().getSample(0, 0, 0);

    ImageSet images = ImageSets.named("png").read(folder, Colours.LUMA).images();

    assertThat(images.shape()).isEqualTo(new Shape(1, 4, 5));
    assertThat(images.pixels()[0]).isEqualTo(2f * value / 255f - 1f);
    assertThat(images.pixels()[20]).isEqualTo(1f);
  }

  @Test
  void pngsThatDifferInSizeAndLinksAreRefused() throws IOException {
    png("a/x.png", BufferedImage.TYPE_INT_RGB, 1);
    png("b/y.png", BufferedImage.TYPE_BYTE_GRAY, 1);
    assertThatThrownBy(() -> ImageSets.named("png").read(folder, Colours.KEPT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("y.png: expected an image like the first, 3x4x5, found 1x4x5");

    Files.createSymbolicLink(folder.resolve("png/c"), folder);
    assertThatThrownBy(() -> ImageSets.named("png").read(folder, Colours.KEPT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("png/c: expected files and folders, found a link");
  }

  @Test
  void damagedPngsAreReadOrRefused() throws Exception {
    png("a/x.png", BufferedImage.TYPE_INT_RGB, 0x102030);
    Path file = png("b/y.png", BufferedImage.TYPE_INT_RGB, 0x405060);
    int refused =
        Mutations.survive(
            List.of(Files.readAllBytes(file)),
            1000,
            5,
            "y.png",
            bytes -> {
              Files.write(file, bytes);
              ImageSets.named("png").read(folder, Colours.KEPT);
            });

    assertThat(refused).isBetween(300, 999);
  }

  private ImageSet cifar(Colours colours) {
    return ImageSets.named("cifar10").read(folder, colours).images();
  }

  private FoundImages svhn(String train, String test) throws IOException {
    Path own = Files.createDirectories(folder.resolve("svhn"));
    Files.write(own.resolve("train_32x32.mat"), Corpus.bytes("mat/" + train));
    Files.write(own.resolve("test_32x32.mat"), Corpus.bytes("mat/" + test));
    return ImageSets.named("svhn").read(folder, Colours.KEPT);
  }

  /** Image i has the value i + 5 everywhere but at its first pixel. */
  private static byte[] idxImages(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + count * 784);
    bytes.putInt(0x803).putInt(count).putInt(28).putInt(28);
    for (int image = 0; image < count; image++) {
      for (int pixel = 0; pixel < 784; pixel++) {
        bytes.put((byte) (image + 5));
      }
    }
    return bytes.array();
  }

  private static byte[] idxLabels(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int image = 0; image < count; image++) {
      bytes.put((byte) image);
    }
    return bytes.array();
  }

  /** All red values are 10 times the label, green ones 20 times, blue ones 30 times. */
  private static byte[] cifar(int label, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count * 3073);
    for (int image = 0; image < count; image++) {
      bytes.put((byte) label);
      for (int value = 0; value < 3072; value++) {
        bytes.put((byte) (10 * label * (1 + value / 1024)));
      }
    }
    return bytes.array();
  }

  /** Of height 4 and width 5, in one colour. */
  private Path png(String name, int type, int colour) throws IOException {
    BufferedImage image = new BufferedImage(5, 4, type);
    for (int i = 0; i < 20; i++) {
      image.setRGB(i % 5, i / 5, colour);
    }
    Path file = folder.resolve("png").resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
