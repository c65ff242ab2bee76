package io.gradzoo.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.format.Safetensors;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.GradzooException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Model files that were damaged on the way. */
class ModelFileTest {
  private static final Map<String, String> METADATA =
      Map.of("format", "gradzoo-model-1", "model", "m", "members", "{\"train\":{\"count\":3}}");
  private static final ModelFile MODEL =
      new ModelFile(
          new TreeMap<>(METADATA),
          new TreeMap<>(
              Map.of(
                  "head.bias",
                  FloatTensor.of(0, -0f, 1e-40f, 3),
                  "head.weight",
                  new FloatTensor(List.of(2, 3), new float[] {1, 2, 3, 4, 5, -6}))),
          true);

  @Test
  void everyBitThatFlipsIsFound() {
    byte[] whole = MODEL.bytes();
    List<Integer> unnoticed = new ArrayList<>();
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      if (!refused(damaged)) {
        unnoticed.add(bit);
      }
    }

    assertThat(whole).hasSizeGreaterThan(300);
    assertThat(unnoticed).isEmpty();
  }

  @Test
  void everyFileThatIsCutShortOrHasMoreBytesIsFound() {
    byte[] whole = MODEL.bytes();
    for (int length = 0; length < whole.length + 9; length++) {
      if (length != whole.length) {
        assertThat(refused(Arrays.copyOf(whole, length))).as("%d bytes", length).isTrue();
      }
    }
  }

  @Test
  void theFileAndTheFixAreNamed() {
    byte[] damaged = MODEL.bytes();
    damaged[damaged.length - 1] ^= 1;

    assertThatThrownBy(() -> ModelFile.parse("runs/m/model.safetensors", damaged))
        .isInstanceOf(GradzooException.class)
        .hasMessageStartingWith(
            "model: runs/m/model.safetensors: expected tensors and metadata of SHA-256 ")
        .hasMessageEndingWith("(fix: the file is damaged: fetch it again, or train again)");
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    ModelFile read = ModelFile.parse("m", MODEL.bytes());

    assertThat(read).isEqualTo(MODEL);
    assertThat(read.bytes()).isEqualTo(MODEL.bytes());
  }

  @Test
  void aFileOfAnotherProgramWithoutAChecksumIsReadAsSuch() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TreeMap<String, String> metadata = new TreeMap<>(METADATA);
    metadata.put("config-hash", "ab".repeat(32));
    Safetensors.of(metadata, MODEL.tensors()).write(out);

    ModelFile read = ModelFile.parse("m", out.toByteArray());

    assertThat(read.checked()).isFalse();
    assertThat(read.tensors()).isEqualTo(MODEL.tensors());
  }

  private static boolean refused(byte[] bytes) {
    try {
      ModelFile.parse("m", bytes);
      return false;
    } catch (GradzooException | DataException e) {
      return Failures.exitCode(e) == ExitCode.DATA;
    }
  }
}
