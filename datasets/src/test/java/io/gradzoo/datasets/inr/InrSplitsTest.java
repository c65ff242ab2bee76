package io.gradzoo.datasets.inr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.split.Split;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Published split files in both forms, and what the paths of published zoos say. */
class InrSplitsTest {
  @Test
  void bothPublishedFormsAreRead() throws IOException {
    InrSplits splits =
        read(
            "{\"train\": {\"path\": [\"a.pth\", \"b.pth\"], \"label\": [\"7\", 3]},"
                + " \"val\": [\"c.pth\"], \"test\": []}");

    assertThat(splits.entries())
        .containsEntry("a.pth", new InrSplits.Assignment(Split.TRAIN, 7))
        .containsEntry("b.pth", new InrSplits.Assignment(Split.TRAIN, 3))
        .containsEntry("c.pth", new InrSplits.Assignment(Split.VALIDATION, null))
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"train\": [\"a\", \"a\"]}",
        "{\"train\": [\"a\"], \"test\": [\"a\"]}",
        "{\"train\": {\"path\": [\"a\"], \"label\": []}}",
        "{\"train\": {\"path\": [\"a\"], \"label\": [\"x\"]}}",
        "{\"other\": [\"a\"]}",
        "{\"train\": [[\"a\"]]}",
        "{\"train\": [\"a\"",
        "[\"a\"]",
        "{}",
        "",
      })
  void anotherFileIsRefused(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("splits.json");
  }

  @ParameterizedTest
  @CsvSource({
    "MNIST_INRS, x/mnist_png_training_7_12345/checkpoints/model_final.pth,"
        + " mnist_png_training_7_12345, 12345, 7",
    "CIFAR10_INRS, randinit_smaller_3s/net17.pth, randinit_smaller_3s-net17, 17, 3",
    "FASHION_MNIST_INRS, a/b/net_000042.pth, a-b-net_000042, 000042, ",
  })
  void pathsSayTheImageAndItsLabel(
      InrLayout layout, String path, String run, String image, Integer label) {
    assertThat(layout.network(path)).contains(new InrNetwork(path, run, image, label));
  }

  @Test
  void aPathOfAnotherZooIsNone() {
    assertThat(InrLayout.MNIST_INRS.network("mnist_png_training_7_1/model.pth")).isEmpty();
    assertThat(InrLayout.CIFAR10_INRS.network("randinit_smaller_as/net1.pth")).isEmpty();
  }

  private static InrSplits read(String json) throws IOException {
    return InrSplits.read(
        Place.of("test", "splits.json"),
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
