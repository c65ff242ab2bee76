package io.gradzoo.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxReaderTest {
  /** Two images of 1×3. */
  private static final String IMAGES = "00000803" + "00000002" + "00000001" + "00000003";

  @TempDir Path folder;

  @Test
  void anArrayIsReadPlainAndGzipped() throws IOException {
    byte[] bytes = bytes(IMAGES + "0001feff8007");
    Path plain = Files.write(folder.resolve("plain"), bytes);
    Path packed = Files.write(folder.resolve("packed.gz"), gzip(bytes));

    for (Path file : new Path[] {plain, packed}) {
      ByteArray array = IdxReader.read(file, 3);
      assertThat(array.shape()).containsExactly(2, 1, 3);
      assertThat(array.values()).isEqualTo(bytes("0001feff8007"));
      assertThat(array.at(3)).isEqualTo(255);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "00000803000000020000000100000003000102030405ff, the end of the file after 6 elements",
    "0000080300000002000000010000000300, the end of the file after 1",
    "000008030000000200, the end of the file after 5",
    "00000d0300000002000000010000000300, '0, 0, 8 as in idx files of bytes, found 0, 0, 13'",
    "0000080100000002000000010000000300, 'expected 3 axes, found 1'",
    "000008037fffffff7fffffff7fffffff00, 'sizes of at most 2 GiB together'",
    "00000803ffffffff0000000100000003, 'found 4294967295'",
    "'', the end of the file after 0"
  })
  void aDamagedFileIsRefused(String hex, String message) throws IOException {
    Path file = Files.write(folder.resolve("images"), bytes(hex));

    assertThatThrownBy(() -> IdxReader.read(file, 3))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("idx: " + file)
        .hasMessageContaining(message);
  }

  @Test
  void aBombIsRefused() throws IOException {
    byte[] bytes = new byte[20 << 20];
    System.arraycopy(bytes("0000080101000000"), 0, bytes, 0, 8);
    Path file = Files.write(folder.resolve("bomb.gz"), gzip(bytes));

    assertThatThrownBy(() -> IdxReader.read(file, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("bomb.gz: expected at most 200 bytes from each packed byte");
  }

  @Test
  void aFolderIsRefused() {
    assertThatThrownBy(() -> IdxReader.read(folder, 1)).isInstanceOf(DataException.class);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
