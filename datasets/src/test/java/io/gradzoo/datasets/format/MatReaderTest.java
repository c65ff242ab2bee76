package io.gradzoo.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatReaderTest {
  private static final Set<String> NAMES = Set.of("X", "y");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"plain.mat", "compressed.mat", "labels_as_double.mat"})
  void arraysAreReadPlainAndCompressed(String name) {
    SortedMap<String, MatArray> arrays = MatReader.read(Corpus.file("mat/" + name), NAMES);

    assertThat(arrays.get("X").shape()).containsExactly(32, 32, 3, 5);
    assertThat(arrays.get("X").at(0)).isEqualTo(248);
    assertThat(arrays.get("X").at(32)).isEqualTo(60);
    assertThat(arrays.get("y").shape()).containsExactly(5, 1);
    assertThat(arrays.get("y").at(1)).isEqualTo(10);
  }

  @Test
  void whatIsNotAskedForIsPassedOver() {
    assertThat(MatReader.read(Corpus.file("mat/plain.mat"), Set.of("y"))).containsOnlyKeys("y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"truncated.mat", "wrong_count.mat"})
  void aDamagedFileIsRefused(String name) {
    Path file = Corpus.file("mat/" + name);

    assertThatThrownBy(() -> MatReader.read(file, NAMES))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("mat: " + file);
  }

  @Test
  void aFileOfAnotherKindIsRefused() {
    Path file = Corpus.file("npy/f_valid.npy");

    assertThatThrownBy(() -> MatReader.read(file, NAMES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("f_valid.npy");
  }

  /** 16 MB of zeros in 16 kB, beside the header of a file of scipy. */
  @Test
  void anArrayPackedMoreThanTwoHundredToOneIsRefused() throws IOException {
    byte[] head = Arrays.copyOf(Corpus.bytes("mat/plain.mat"), 128);
    byte[] matrix = new byte[16 << 20];
    System.arraycopy(Corpus.bytes("mat/plain.mat"), 128, matrix, 0, 60);
    littleEndian(matrix, 4, matrix.length - 8);
    for (int axis = 0; axis < 4; axis++) {
      littleEndian(matrix, 32 + 4 * axis, axis == 0 ? matrix.length - 64 : 1);
    }
    littleEndian(matrix, 60, matrix.length - 64);
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setInput(matrix);
    deflater.finish();
    byte[] packed = new byte[1 << 20];
    int length = deflater.deflate(packed);
    byte[] bytes = Arrays.copyOf(head, 128 + 8 + length);
    littleEndian(bytes, 128, 15);
    littleEndian(bytes, 132, length);
    System.arraycopy(packed, 0, bytes, 136, length);
    Path file = Files.write(folder.resolve("bomb.mat"), bytes);

    assertThatThrownBy(() -> MatReader.read(file, NAMES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("bomb.mat@byte 128: expected at most 200 bytes from each packed");
  }

  private static void littleEndian(byte[] bytes, int at, int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[at + i] = (byte) (value >> (Byte.SIZE * i));
    }
  }
}
