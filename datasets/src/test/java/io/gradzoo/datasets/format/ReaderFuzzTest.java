package io.gradzoo.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.torch.StateDict;
import io.gradzoo.datasets.inr.InrSplits;
import io.gradzoo.datasets.network.FolderDescription;
import io.gradzoo.datasets.network.NetworkFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged files are read or refused, never worse; see {@link Mutations#survive}. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReaderFuzzTest {
  private static final int FEW = 1_500;
  private static final int MANY = 100_000;
  private static final String CSV =
      "varname,start_idx,end_idx,size,shape\n"
          + "sequential/conv2d/bias:0,0,16,16,\"(16,)\"\n"
          + "sequential/conv2d/kernel:0,16,160,144,\"(3, 3, 1, 16)\"\n";
  private static final String DESCRIPTION =
      "{\"format\": \"npz\", \"activation\": \"sine30\", \"axes\": \"keras\","
          + " \"tensors\": [\"a\", \"b\"]}";
  private static final String SPLITS =
      "{\"train\": {\"path\": [\"a/1.pth\", \"b/2.pth\"], \"label\": [\"7\", 3]},"
          + " \"val\": [\"c/3.pth\"], \"test\": []}";
  private static final byte[] IDX = {0, 0, 8, 1, 0, 0, 0, 6, 9, 8, 7, 6, 5, 4};

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("formats")
  void damagedFilesAreReadOrRefused(Format format) throws Exception {
    survives(format, FEW, 1);
  }

  @ParameterizedTest
  @MethodSource("formats")
  @Tag("slow")
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void aHundredThousandDamagedFilesAreReadOrRefused(Format format) throws Exception {
    survives(format, MANY, 11);
  }

  private void survives(Format format, int count, long seed) throws Exception {
    Path file = folder.resolve(format.file);
    int refused =
        Mutations.survive(
            format.originals,
            count,
            seed,
            format.file,
            bytes -> {
              // ext4 writes a file to disk that was cut to nothing and filled again: 20 ms each.
              Files.deleteIfExists(file);
              Files.write(file, bytes);
              format.reader.read(file);
            });
    assertThat(refused).isBetween(count / 8, count - 1);
  }

  static Stream<Format> formats() throws IOException {
    return Stream.of(
        new Format("npy", ReaderFuzzTest::readNpy, npyFiles()),
        new Format("npz", ReaderFuzzTest::readNpz, corpus("numpy", "stored.npz", "deflated.npz")),
        new Format(
            "safetensors", Safetensors::read, corpus("safetensors", "reference.safetensors")),
        new Format(
            "pth",
            StateDict::read,
            corpus("torch", "siren.pth", "torch2.pth", "views.pth", "with_label.pth")),
        new Format("pth.legacy", StateDict::read, corpus("torch", "legacy.pth")),
        new Format(
            "mat",
            file -> MatReader.read(file, Set.of("X", "y")),
            corpus("mat", "plain.mat", "compressed.mat", "labels_as_double.mat")),
        new Format("onnx", network(NetworkFormat.ONNX), onnxFiles()),
        new Format("zip", network(NetworkFormat.DL4J), corpus("dl4j", "mlp.zip", "cnn.zip")),
        new Format(
            "tensors.csv",
            network(NetworkFormat.CSV),
            List.of(
                "tensor,index,value\n0.weight,0,0.1\n0.weight,1,-3e-5\n0.bias,0,7\n"
                    .getBytes(StandardCharsets.UTF_8))),
        new Format(
            "zoo.json",
            ReaderFuzzTest::readDescription,
            List.of(DESCRIPTION.getBytes(StandardCharsets.UTF_8))),
        new Format(
            "splits.json",
            ReaderFuzzTest::readSplits,
            List.of(SPLITS.getBytes(StandardCharsets.UTF_8))),
        new Format("idx", file -> IdxReader.read(file, 1), List.of(IDX, gzip(IDX))),
        new Format("csv", ReaderFuzzTest::readCsv, List.of(CSV.getBytes(StandardCharsets.UTF_8))),
        new Format(
            "csv.gz",
            ReaderFuzzTest::readCsv,
            List.of(gzip(CSV.getBytes(StandardCharsets.UTF_8)))));
  }

  /** How files of a kind are read. */
  private interface FileReader {
    void read(Path file) throws Exception;
  }

  /** A kind of files. */
  private record Format(String file, FileReader reader, List<byte[]> originals) {
    Format {
      file = "damaged." + file;
    }

    @Override
    public String toString() {
      return file;
    }
  }

  private static List<byte[]> npyFiles() {
    return corpus("numpy", "f4_little_c.npy", "f8_big_fortran.npy", "version2.npy", "empty.npy");
  }

  private static List<byte[]> corpus(String folder, String... names) {
    return Stream.of(names).map(name -> Corpus.bytes(folder + "/" + name)).toList();
  }

  private static void readNpy(Path file) {
    NdArray whole = NpyReader.read(file);
    assertThat(whole.floats()).hasSize(whole.size());
    if (whole.shape().length > 0) {
      try (NpyRows rows = NpyRows.open(file)) {
        float[] block = new float[Math.toIntExact(rows.rows() * rows.rowSize())];
        rows.read(0, (int) rows.rows(), block);
        assertThat(block).isEqualTo(whole.floats());
      }
    }
  }

  private static void readNpz(Path file) {
    try (NpzReader npz = NpzReader.open(file)) {
      npz.names().forEach(npz::read);
    }
  }

  private static List<byte[]> onnxFiles() {
    return corpus("onnx", "mlp.onnx", "cnn.onnx", "flattened.onnx", "siren.onnx");
  }

  private static FileReader network(NetworkFormat format) {
    return file -> format.read(Place.of("network", file), file);
  }

  private static void readDescription(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      FolderDescription.read(Place.of("zoo", file), in);
    }
  }

  private static void readSplits(Path file) {
    Place place = Place.of("splits", file);
    try (InputStream in = Files.newInputStream(file)) {
      InrSplits.read(place, in);
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  private static void readCsv(Path file) {
    Place place = Place.of("csv", file);
    try (InputStream in = Unpacking.open(place, file)) {
      CsvRows rows = new CsvRows(place, in);
      Optional<String[]> row = rows.next();
      while (row.isPresent()) {
        rows.number("size", row.get()[rows.column("size")]);
        row = rows.next();
      }
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
