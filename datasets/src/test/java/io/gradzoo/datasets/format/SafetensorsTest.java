package io.gradzoo.datasets.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  private static final float[] SIXTHS = {0f, 1 / 3f, 2 / 3f, 1f, 4 / 3f, 5 / 3f};

  @Test
  void whatTheReferenceLibraryWroteIsReadBitForBit() {
    Safetensors content = Safetensors.read(Corpus.file("safetensors/reference.safetensors"));

    assertThat(content).isEqualTo(sample());
    assertThat(Float.floatToRawIntBits(content.tensors().get("bias").values()[0]))
        .isEqualTo(Float.floatToRawIntBits(-0f));
  }

  @Test
  void theBytesWrittenAreThoseOfTheReferenceLibrary() throws IOException {
    assertThat(bytes(sample())).isEqualTo(Corpus.bytes("safetensors/reference.safetensors"));
  }

  @Test
  void theOrderInWhichTensorsAreGivenDoesNotShowInTheBytes() throws IOException {
    Map<String, FloatTensor> reversed = new LinkedHashMap<>();
    for (String name : List.of("scalar", "none", "layer.0.weight", "größe", "bias")) {
      reversed.put(name, sample().tensors().get(name));
    }

    assertThat(bytes(Safetensors.of(sample().metadata(), reversed))).isEqualTo(bytes(sample()));
  }

  /** Readers must not depend on it: other libraries sort by type or by size. */
  @Test
  void tensorsMayBeListedInAnotherOrderThanTheirDataLies() {
    byte[] header =
        ("{\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}")
            .getBytes(UTF_8);
    byte[] file =
        ByteBuffer.allocate(Long.BYTES + header.length + 8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header)
            .putFloat(1.5f)
            .putFloat(2.5f)
            .array();

    assertThat(Safetensors.parse("file", file))
        .isEqualTo(
            Safetensors.of(Map.of(), Map.of("a", FloatTensor.of(1.5f), "b", FloatTensor.of(2.5f))));
  }

  @Test
  void tensorsAreEqualInShapeAndEveryBit() {
    FloatTensor tensor = new FloatTensor(List.of(1, 2), new float[] {0f, Float.NaN});
    FloatTensor same = new FloatTensor(List.of(1, 2), new float[] {0f, Float.NaN});

    assertThat(tensor).isEqualTo(same).hasSameHashCodeAs(same).hasToString("float32[1, 2]");
    assertThat(tensor)
        .isNotEqualTo(new FloatTensor(List.of(2, 1), new float[] {0f, Float.NaN}))
        .isNotEqualTo(new FloatTensor(List.of(1, 2), new float[] {-0f, Float.NaN}))
        .isNotEqualTo(new FloatTensor(List.of(1, 2), new float[] {0f, 1f}));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 8193, 100_000})
  void tensorsOfAnySizeSurviveARoundTrip(int size) throws IOException {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i * 0.1f - 3f;
    }
    Safetensors content = Safetensors.of(Map.of("k", "v"), Map.of("w", FloatTensor.of(values)));

    assertThat(Safetensors.parse("w", bytes(content))).isEqualTo(content);
  }

  @Test
  void anEmptyFileOfTensorsSurvivesARoundTrip() throws IOException {
    Safetensors nothing = Safetensors.of(Map.of(), Map.of());

    assertThat(Safetensors.parse("nothing", bytes(nothing))).isEqualTo(nothing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{'a':{'dtype':'I64','shape':[1],'data_offsets':[0,8]}}` | expected dtype F32",
        "`{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}` | data_offsets that fit the shape",
        "`{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}` | data_offsets that fit the shape",
        "`{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}` | to begin at 0, found 4 (a gap)",
        "`{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}` | 4 bytes of tensors, found 8",
        "`{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}}` | 12 bytes of tensors, found 8",
        "`{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],"
            + "'data_offsets':[4,8]}}` | to begin at 8, found 4 (an overlap)",
        "`{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[2],"
            + "'data_offsets':[0,8]}}` | expected JSON without repeated keys",
        "`{'a':{'dtype':'F32','dtype':'F32','shape':[2],'data_offsets':[0,8]}}` | repeated keys",
        "`{'a':{'dtype':'F32','shape':[-1,-2],'data_offsets':[0,8]}}` | an integer from 0",
        "`{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}` | an integer from 0",
        "`{'a':{'dtype':'F32','shape':[4294967296],'data_offsets':[0,8]}}` | an integer from 0",
        "`{'a':{'dtype':'F32','shape':[65536,65536,65536,65536],'data_offsets':[0,0]}}` | 2^63",
        "`{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8,9]}}` | two data_offsets",
        "`{'a':{'dtype':'F32','shape':[2]}}` | expected dtype, shape and data_offsets",
        "`{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}}` | only dtype, shape",
        "`{'__metadata__':{'a':1}}` | metadata that is text",
        "`{'a':7}` | expected an object",
        "`[]` | expected '{'",
        "`{} {}` | nothing after the header's object",
        "`{'a':` | JSON without repeated keys",
        "` {}` | expected '{'"
      })
  void headersThatDoNotDescribeTheFileExactlyAreRefused(String header, String message) {
    assertThatThrownBy(() -> Safetensors.parse("hostile", withHeader(header, 8)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("safetensors: hostile")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 100, 100_000_001, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void aHeaderLengthBeyondTheFileIsRefused(long length) {
    byte[] file = withHeader("{}", 0);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length);

    assertThatThrownBy(() -> Safetensors.parse("hostile", file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "hostile@byte 0: expected a header of 2 to 2 bytes, found "
                + Long.toUnsignedString(length));
  }

  @Test
  void deeplyNestedHeadersAreRefused() {
    String header = "{\"a\":" + "[".repeat(100_000);

    assertThatThrownBy(() -> Safetensors.parse("deep", withHeader(header, 0)))
        .isInstanceOf(DataException.class);
  }

  @Test
  void aFaultNamesTheByteOfTheFile() {
    String header = "{'é':{'dtype':'F32','shape':[2],'data_offsets':[0,true]}}";
    int expected = 8 + header.substring(0, header.indexOf("true")).getBytes(UTF_8).length;

    assertThatThrownBy(() -> Safetensors.parse("hostile", withHeader(header, 8)))
        .hasMessageContaining("@byte " + expected + ": expected an integer");
  }

  @Test
  void aTensorMayNotTakeTheNameOfTheMetadata() {
    Map<String, FloatTensor> tensors = Map.of("__metadata__", FloatTensor.of(1f));

    assertThatThrownBy(() -> Safetensors.of(Map.of(), tensors))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Safetensors sample() {
    return Safetensors.of(
        Map.of("config", "a \"quoted\"\nline"),
        Map.of(
            "layer.0.weight",
            new FloatTensor(List.of(2, 3), SIXTHS),
            "bias",
            FloatTensor.of(-0f, Float.POSITIVE_INFINITY, Float.MIN_VALUE),
            "scalar",
            new FloatTensor(List.of(), new float[] {2.5f}),
            "none",
            new FloatTensor(List.of(0, 4), new float[0]),
            "größe",
            FloatTensor.of(1f)));
  }

  private static byte[] bytes(Safetensors content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.write(out);
    return out.toByteArray();
  }

  /** A file with this header ({@code '} stands for a double quote) and so many bytes of data. */
  private static byte[] withHeader(String header, int dataBytes) {
    byte[] text = header.replace('\'', '"').getBytes(UTF_8);
    return ByteBuffer.allocate(8 + text.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }
}
