package io.gradzoo.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files are read or refused, never worse; see {@link Mutations#survive}. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReaderFuzzTest {
  private static final int FEW = 3_000;
  private static final int MANY = 100_000;

  @TempDir Path folder;

  @Test
  void damagedNpyFilesAreReadOrRefused() throws Exception {
    damagedNpy(FEW, 1);
  }

  @Test
  void damagedNpzFilesAreReadOrRefused() throws Exception {
    damagedNpz(FEW, 2);
  }

  @Test
  void damagedSafetensorsFilesAreReadOrRefused() throws Exception {
    damagedSafetensors(FEW, 3);
  }

  @Test
  @Tag("slow")
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void aHundredThousandDamagedNpyFilesAreReadOrRefused() throws Exception {
    damagedNpy(MANY, 11);
  }

  @Test
  @Tag("slow")
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void aHundredThousandDamagedNpzFilesAreReadOrRefused() throws Exception {
    damagedNpz(MANY, 12);
  }

  @Test
  @Tag("slow")
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void aHundredThousandDamagedSafetensorsFilesAreReadOrRefused() throws Exception {
    damagedSafetensors(MANY, 13);
  }

  private void damagedNpy(int count, long seed) throws Exception {
    Path file = folder.resolve("damaged.npy");
    List<byte[]> originals =
        List.of(
            Corpus.bytes("numpy/f4_little_c.npy"),
            Corpus.bytes("numpy/f8_big_fortran.npy"),
            Corpus.bytes("numpy/version2.npy"),
            Corpus.bytes("numpy/empty.npy"));
    int refused =
        Mutations.survive(
            originals,
            count,
            seed,
            "damaged.npy",
            bytes -> {
              Files.write(file, bytes);
              NdArray whole = NpyReader.read(file);
              assertThat(whole.floats()).hasSize(whole.size());
              readByRows(file, whole);
            });
    assertThat(refused).isBetween(count / 2, count - 1);
  }

  private static void readByRows(Path file, NdArray whole) {
    if (whole.shape().length > 0) {
      try (NpyRows rows = NpyRows.open(file)) {
        float[] block = new float[Math.toIntExact(rows.rows() * rows.rowSize())];
        rows.read(0, (int) rows.rows(), block);
        assertThat(block).isEqualTo(whole.floats());
      }
    }
  }

  private void damagedNpz(int count, long seed) throws Exception {
    Path file = folder.resolve("damaged.npz");
    int refused =
        Mutations.survive(
            List.of(Corpus.bytes("numpy/stored.npz"), Corpus.bytes("numpy/deflated.npz")),
            count,
            seed,
            "damaged.npz",
            bytes -> {
              Files.write(file, bytes);
              try (NpzReader npz = NpzReader.open(file)) {
                npz.names().forEach(npz::read);
              }
            });
    assertThat(refused).isBetween(count / 2, count - 1);
  }

  private void damagedSafetensors(int count, long seed) throws Exception {
    int refused =
        Mutations.survive(
            List.of(Corpus.bytes("safetensors/reference.safetensors")),
            count,
            seed,
            "damaged.safetensors",
            bytes -> Safetensors.parse("damaged.safetensors", bytes));
    assertThat(refused).isBetween(count / 2, count - 1);
  }
}
