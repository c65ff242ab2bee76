package io.gradzoo.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyReaderTest {
  private static final String PLAIN = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "f4, little, c", "f4, little, fortran", "f4, big, c", "f4, big, fortran",
    "f8, little, c", "f8, little, fortran", "f8, big, c", "f8, big, fortran",
    "i4, little, c", "i4, little, fortran", "i4, big, c", "i4, big, fortran",
    "i8, little, c", "i8, little, fortran", "i8, big, c", "i8, big, fortran"
  })
  void whatNumpyWroteIsReadBitForBit(String code, String endian, String order) {
    NdArray array =
        NpyReader.read(Corpus.file("numpy/" + code + "_" + endian + "_" + order + ".npy"));

    assertThat(array.shape()).containsExactly(2, 3, 4);
    assertThat(array.type().code()).isEqualTo(code);
    assertThat(encode(array)).isEqualTo(Corpus.bytes("numpy/" + code + ".bin"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"version2.npy", "version3.npy"})
  void laterVersionsOfTheFormatAreRead(String name) {
    assertThat(encode(NpyReader.read(Corpus.file("numpy/" + name))))
        .isEqualTo(Corpus.bytes("numpy/f4.bin"));
  }

  @Test
  void aSingleNumberHasNoAxes() {
    NdArray array = NpyReader.read(Corpus.file("numpy/scalar.npy"));

    assertThat(array.shape()).isEmpty();
    assertThat(array.doubles()).containsExactly(0.1);
  }

  @Test
  void anEmptyArrayKeepsItsShape() {
    NdArray array = NpyReader.read(Corpus.file("numpy/empty.npy"));

    assertThat(array.shape()).containsExactly(0, 3);
    assertThat(array.floats()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"f4", "f8", "i4", "i8"})
  void everyTypeIsReadAsDoublesToo(String code) {
    ByteBuffer expected =
        ByteBuffer.wrap(Corpus.bytes("numpy/" + code + ".bin")).order(ByteOrder.LITTLE_ENDIAN);
    double[] doubles = NpyReader.read(Corpus.file("numpy/" + code + "_big_c.npy")).doubles();

    assertThat(doubles).hasSize(24);
    for (double found : doubles) {
      double number =
          switch (code) {
            case "f4" -> expected.getFloat();
            case "f8" -> expected.getDouble();
            case "i4" -> expected.getInt();
            default -> (double) expected.getLong();
          };
      assertThat(Double.valueOf(found)).isEqualTo(Double.valueOf(number));
    }
  }

  @Test
  void integersConvertToFloatsAndFloatsAreNoIntegers() {
    NdArray integers = NpyReader.read(Corpus.file("numpy/vector.npy"));
    assertThat(integers.longs()).containsExactly(0, 1, 2, 3, 4);
    assertThat(integers.floats()).containsExactly(0, 1, 2, 3, 4);

    NdArray floats = NpyReader.read(Corpus.file("numpy/f4_little_c.npy"));
    assertThatThrownBy(floats::longs).hasMessageContaining("found float32[2, 3, 4]");
  }

  @ParameterizedTest
  @CsvSource({"f_valid.npy, 1, 4", "f_bigendian.npy, 1, 4", "f_fortran.npy, 1, 4"})
  void theGoodFilesOfTheHostileCorpusAreRead(String name, float second, float fifth) {
    float[] values = NpyReader.read(Corpus.file("npy/" + name)).floats();

    assertThat(values).hasSize(12);
    assertThat(values[1]).isEqualTo(second);
    assertThat(values[4]).isEqualTo(fifth);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "badmagic    | @byte 0: expected the npy magic",
        "badmagic    | found byte 0x",
        "empty       | @byte 0: expected the npy magic and version (8 bytes)",
        "hdrlen      | @byte 8: expected a header of at most 10000 bytes, found 65535 bytes",
        "object      | @byte 20: expected one of '<f2' '<f4' '<f8' '<i4' '<i8' '>f2' '>f4' '>f8' '>i4' '>i8'",
        "negshape    | @byte 61: expected an axis' size, 0 to 10^18, found '-3, 4)}'",
        "noshape     | @byte 10: expected the key 'shape' in the header",
        "overflow    | @byte 10: expected a shape of fewer than 2^63 bytes",
        "hugeshape   | @byte 128: expected 1000000×497000 float32 (1988000000000 bytes of data)",
        "biggershape | @byte 128: expected 300×400 float32 (480000 bytes of data), found 48",
        "trunc       | @byte 128: expected 3×4 float32 (48 bytes of data), found 28",
        "trunc       | (fix: the file is cut short by 20 bytes: fetch it again)"
      })
  void theHostileCorpusIsRefusedByName(String name, String message) {
    assertThatThrownBy(() -> NpyReader.read(Corpus.file("npy/f_" + name + ".npy")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("f_" + name + ".npy")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": (3, 4)}",
        "{'shape':(3,4),'descr':'<f4','fortran_order':False}",
        "{ 'descr' : '<f4', 'fortran_order' : False, 'shape' : ( 3, 4 ) } ",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (12,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4,), }"
      })
  void headersOfOtherWritersAreRead(String header) throws IOException {
    assertThat(NpyReader.read(write(header)).size()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (12), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': [3, 4], }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3 4), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (03, 4), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3.0, 4), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (True, 12), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (3, 4), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), 'x': 1}",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (3, 4)}",
        "{'descr': '<f4' 'fortran_order': False, 'shape': (3, 4)}",
        "{'descr': '<f16', 'fortran_order': False, 'shape': (3, 4)}",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3, 4)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4)} + {}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4)",
        "{'descr': '<f4, 'fortran_order': False, 'shape': (3, 4)}",
        "__import__('os').system('id')"
      })
  void headersThatAreNotExactlyADescriptionAreRefused(String header) throws IOException {
    Path file = write(header);

    assertThatThrownBy(() -> NpyReader.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("@byte ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'fortran_order': False, 'shape': (3, 4)} | the key 'descr' in the header",
        "{'descr': '<f4', 'shape': (3, 4)}         | the key 'fortran_order' in the header",
        "{'descr': '<f4', 'fortran_order': False}  | the key 'shape' in the header"
      })
  void everyKeyIsNeeded(String header, String words) throws IOException {
    Path file = write(header);
    assertThatThrownBy(() -> NpyReader.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(words);
  }

  @Test
  void anotherVersionIsNamed() throws IOException {
    Path file = write(PLAIN);
    byte[] bytes = Files.readAllBytes(file);
    bytes[6] = (byte) 0x83;
    bytes[7] = 2;
    Files.write(file, bytes);
    assertThatThrownBy(() -> NpyReader.read(file))
        .hasMessageContaining("@byte 6: expected npy version 1.0, 2.0 or 3.0, found 131.2");
  }

  @Test
  void aHeaderThatEndsWithTheFileIsReportedWhereItEnds() throws IOException {
    Path file = write(PLAIN);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 30));
    assertThatThrownBy(() -> NpyReader.read(file))
        .hasMessageContaining("@byte 30: expected the header (")
        .hasMessageContaining("found the end of the file after 20");
  }

  @Test
  void aStreamThatEndsBeforeTheLengthItClaimsIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(write(PLAIN));
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - 4);
    Place place = Place.of("npy", Path.of("a.npy"));
    assertThatThrownBy(() -> NpyReader.read(place, new ByteArrayInputStream(shorter), bytes.length))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the file is cut short by 4 bytes");
  }

  @Test
  void dataBehindTheArrayIsRefused() throws IOException {
    Path file = write(PLAIN);
    Files.write(file, new byte[3], StandardOpenOption.APPEND);

    assertThatThrownBy(() -> NpyReader.read(file))
        .hasMessageContaining("found 51 (fix: the file has 3 bytes after its array");
  }

  @Test
  void missingFilesAndFoldersAreNamed() {
    assertThatThrownBy(() -> NpyReader.read(folder.resolve("gone.npy")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("gone.npy: expected a readable file, found no such file");
    assertThatThrownBy(() -> NpyReader.read(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found a folder");
  }

  /** An npy file of version 1 with this header and twelve float32 zeros. */
  private Path write(String header) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0x93);
    bytes.writeBytes("NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
    bytes.write((header.length() + 1) & 0xff);
    bytes.write((header.length() + 1) >> 8);
    bytes.writeBytes((header + "\n").getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(new byte[48]);
    return Files.write(folder.resolve("crafted.npy"), bytes.toByteArray());
  }

  /** The array as numpy's tofile writes it, by way of the accessor of its own type. */
  private static byte[] encode(NdArray array) {
    ByteBuffer bytes =
        ByteBuffer.allocate(array.size() * array.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
    switch (array.type()) {
      case FLOAT32 -> bytes.asFloatBuffer().put(array.floats());
      case FLOAT64 -> bytes.asDoubleBuffer().put(array.doubles());
      case INT32 -> {
        for (long value : array.longs()) {
          bytes.putInt((int) value);
        }
      }
      case INT64 -> bytes.asLongBuffer().put(array.longs());
      case FLOAT16, BFLOAT16 -> throw new AssertionError("no array of halves is compared so");
    }
    return bytes.array();
  }
}
