package io.gradzoo.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyRowsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f4_little_c", "f4_big_fortran", "f8_big_c", "f8_little_fortran",
        "i4_little_fortran", "i4_big_c", "i8_little_c", "i8_big_fortran"
      })
  void eachRowIsWhatNumpyWrote(String name) {
    ByteBuffer expected =
        ByteBuffer.wrap(Corpus.bytes("numpy/" + name.substring(0, 2) + ".bin"))
            .order(ByteOrder.LITTLE_ENDIAN);
    try (NpyRows rows = NpyRows.open(Corpus.file("numpy/" + name + ".npy"))) {
      assertThat(rows.rows()).isEqualTo(2);
      assertThat(rows.rowSize()).isEqualTo(12);
      float[] row = new float[12];
      for (int index = 1; index >= 0; index--) {
        rows.read(index, 1, row);
        for (int i = 0; i < 12; i++) {
          assertThat(Float.valueOf(row[i])).isEqualTo(number(expected, name, 12 * index + i));
        }
      }
    }
  }

  @Test
  void blocksLargerThanTheBufferAreReadWhole() throws IOException {
    Path file = folder.resolve("large.npy");
    int rows = 700;
    int width = 1000;
    writeCounting(file, rows, width);

    float[] block = new float[600 * width];
    try (NpyRows large = NpyRows.open(file)) {
      large.read(50, 600, block);
    }

    for (int i = 0; i < block.length; i++) {
      assertThat(block[i]).isEqualTo(50 * width + i);
    }
  }

  @Test
  void aFileLargerThanTheHeapIsReadByRows() throws IOException {
    Path file = folder.resolve("sparse.npy");
    long rows = 1_000_000;
    int width = 4970;
    writeHeader(file, rows + ", " + width);
    long dataStart = Files.size(file);
    long bytes = rows * width * Float.BYTES;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer last = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 7.5f);
      channel.write(last, dataStart + bytes - Float.BYTES);
    }
    assertThat(bytes).isGreaterThan(10 * Runtime.getRuntime().maxMemory());

    float[] row = new float[width];
    try (NpyRows large = NpyRows.open(file)) {
      large.read(rows - 1, 1, row);
    }

    assertThat(row[width - 1]).isEqualTo(7.5f);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3})
  void aFileOfAnotherLengthIsRefusedBeforeAnyRow(int more) throws IOException {
    Path file = folder.resolve("length.npy");
    writeCounting(file, 4, 10);
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length + more));

    assertThatThrownBy(() -> NpyRows.open(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected 4×10 float32 (160 bytes of data), found " + (160 + more));
  }

  @Test
  void aFolderIsRefused() {
    assertThatThrownBy(() -> NpyRows.open(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a file, found a folder");
  }

  @Test
  void theTypeIsThatOfTheFile() {
    try (NpyRows rows = NpyRows.open(Corpus.file("numpy/i8_big_c.npy"))) {
      assertThat(rows.type()).isEqualTo(ElementType.INT64);
    }
  }

  @Test
  void aSingleNumberHasNoRows() {
    assertThatThrownBy(() -> NpyRows.open(Corpus.file("numpy/scalar.npy")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected an array with rows, found a single number");
  }

  @Test
  void rowsOutsideTheFileAreAProgrammingError() {
    try (NpyRows rows = NpyRows.open(Corpus.file("numpy/f4_little_c.npy"))) {
      assertThatThrownBy(() -> rows.read(1, 2, new float[24]))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> rows.read(0, 2, new float[23]))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void aFileCutWhileItIsReadIsReported() throws IOException {
    Path file = folder.resolve("cut.npy");
    writeCounting(file, 4, 10);
    try (NpyRows rows = NpyRows.open(file)) {
      byte[] all = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(all, all.length - 2));

      assertThatThrownBy(() -> rows.read(3, 1, new float[10]))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("cut.npy@byte " + (all.length - 2) + ": expected more data");
    }
  }

  private static Float number(ByteBuffer values, String name, int index) {
    return switch (name.substring(0, 2)) {
      case "f4" -> values.getFloat(4 * index);
      case "f8" -> (float) values.getDouble(8 * index);
      case "i4" -> (float) values.getInt(4 * index);
      default -> (float) values.getLong(8 * index);
    };
  }

  private static void writeCounting(Path file, int rows, int width) throws IOException {
    writeHeader(file, rows + ", " + width);
    ByteBuffer values = ByteBuffer.allocate(4 * rows * width).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rows * width; i++) {
      values.putFloat(i);
    }
    Files.write(file, values.array(), StandardOpenOption.APPEND);
  }

  private static void writeHeader(Path file, String shape) throws IOException {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }\n";
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(0x93);
      out.write("NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
      out.write(header.length());
      out.write(0);
      out.write(header.getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}
