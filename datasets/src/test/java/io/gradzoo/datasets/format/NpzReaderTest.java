package io.gradzoo.datasets.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzReaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void everyArrayOfAnArchiveIsReadUnderItsName(String name) {
    try (NpzReader npz = NpzReader.open(Corpus.file("numpy/" + name))) {
      assertThat(npz.names()).containsExactly("net0/b:0", "ten", "weights");
      assertThat(npz.read("ten").doubles()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      assertThat(npz.read("weights").floats())
          .isEqualTo(NpyReader.read(Corpus.file("numpy/f4_little_c.npy")).floats());
      assertThat(npz.read("net0/b:0").longs())
          .isEqualTo(NpyReader.read(Corpus.file("numpy/i8_little_c.npy")).longs());
    }
  }

  @Test
  void anAbsentArrayIsNamedBesideThoseThatAreThere() {
    try (NpzReader npz = NpzReader.open(Corpus.file("numpy/stored.npz"))) {
      assertThatThrownBy(() -> npz.read("bias"))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("expected an array 'bias', found only '[net0/b:0, ten, weights]'");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../up.npy",
        "/root.npy",
        "a/../../b.npy",
        "C:/x.npy",
        "a\\b.npy",
        "./a.npy",
        "a//b.npy",
        "run.sh",
        "folder/"
      })
  void namesThatLeaveTheArchiveOrAreNoArraysAreRefused(String name) throws IOException {
    Path file = zip(name, new byte[8], 1);

    assertThatThrownBy(() -> NpzReader.open(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected relative names of ")
        .hasMessageContaining(", found '" + name + "'");
  }

  @Test
  void anEntryPackedMoreThanTwoHundredToOneIsRefused() throws IOException {
    Path file = zip("zeros.npy", new byte[1 << 20], 1);

    assertThatThrownBy(() -> NpzReader.open(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("zeros.npy: expected at most 200 bytes from each packed byte");
  }

  @Test
  void moreThanTenThousandEntriesAreRefused() throws IOException {
    Path file = zip("a%d.npy", new byte[1], 10_001);

    assertThatThrownBy(() -> NpzReader.open(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected at most 10000 entries, found 10001");
  }

  @Test
  void entriesThatShareBytesAreRefused() throws IOException {
    byte[] content = new byte[4000];
    new SplittableRandom(1).nextBytes(content);
    byte[] archive = Files.readAllBytes(zip("a.npy", content, 1));
    int directory = indexOf(archive, "PK\1\2", 0);
    int end = indexOf(archive, "PK\5\6", directory);
    byte[] entry = Arrays.copyOfRange(archive, directory, end);
    ByteArrayOutputStream doubled = new ByteArrayOutputStream();
    doubled.write(archive, 0, end);
    doubled.writeBytes(
        new String(entry, ISO_8859_1).replace("a.npy", "b.npy").getBytes(ISO_8859_1));
    ByteBuffer tail =
        ByteBuffer.wrap(archive, end, archive.length - end).slice().order(ByteOrder.LITTLE_ENDIAN);
    tail.putShort(8, (short) 2).putShort(10, (short) 2).putInt(12, 2 * entry.length);
    doubled.write(archive, end, archive.length - end);
    Path file = Files.write(folder.resolve("overlap.npz"), doubled.toByteArray());

    assertThatThrownBy(() -> NpzReader.open(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("bytes together, found more: they overlap");
  }

  @Test
  void aFlippedBitIsFoundByTheChecksum() throws IOException {
    byte[] archive = Corpus.bytes("numpy/stored.npz");
    int data = indexOf(archive, "}", 0) + 80;
    archive[data] ^= 1;
    Path file = Files.write(folder.resolve("flipped.npz"), archive);

    try (NpzReader npz = NpzReader.open(file)) {
      assertThatThrownBy(() -> npz.read("weights"))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("flipped.npz!weights.npy: expected checksum ");
    }
  }

  @Test
  void whatIsNoArchiveIsRefused() {
    Path file = Corpus.file("npy/f_valid.npy");

    assertThatThrownBy(() -> NpzReader.open(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("npz: " + file + ": expected a readable file, found ZipException");
  }

  /** An archive of {@code count} entries, all with this content; {@code %d} is their number. */
  private Path zip(String name, byte[] content, int count) throws IOException {
    Path file = folder.resolve("crafted.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      for (int i = 0; i < count; i++) {
        zip.putNextEntry(new ZipEntry(name.replace("%d", Integer.toString(i))));
        if (!name.endsWith("/")) {
          zip.write(content);
        }
        zip.closeEntry();
      }
    }
    return file;
  }

  private static int indexOf(byte[] bytes, String text, int from) {
    return new String(bytes, ISO_8859_1).indexOf(text, from);
  }
}
