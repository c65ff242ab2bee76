package io.gradzoo.datasets.format.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.format.Corpus;
import io.gradzoo.datasets.format.ElementType;
import io.gradzoo.datasets.format.NdArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of corpus/torch; its expected.json says of each what becomes of it. */
class StateDictTest {
  private static final JsonNode EXPECTED = expected();

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("readable")
  void everyTensorOfAFileIsReadBitByBit(String file) throws Exception {
    JsonNode tensors = EXPECTED.get(file).get("tensors");
    StateDict read = StateDict.read(Corpus.file("torch/" + file));

    assertThat(read.tensors().keySet()).containsExactlyInAnyOrderElementsOf(names(tensors));
    for (Map.Entry<String, NdArray> tensor : read.tensors().entrySet()) {
      JsonNode about = tensors.get(tensor.getKey());
      List<Integer> shape = new ArrayList<>();
      about.get("shape").forEach(size -> shape.add(size.intValue()));
      assertThat(tensor.getValue().shape())
          .as(tensor.getKey())
          .containsExactly(shape.toArray(Integer[]::new));
      assertThat(sha256(tensor.getValue(), about.get("values_as").textValue()))
          .as(tensor.getKey())
          .isEqualTo(about.get("sha256_of_values").textValue());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void aFileThatIsNoStateDictIsRefusedInOneLineThatNamesIt(String file) {
    Path path = Corpus.file("torch/" + file);

    assertThatThrownBy(() -> StateDict.read(path))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("torch: " + path)
        .hasMessageContaining("expected ")
        .hasMessageNotContaining("\n");
    assertThat(Path.of("pwned")).doesNotExist();
  }

  @Test
  void numbersBesideTensorsAreKept() {
    assertThat(StateDict.read(Corpus.file("torch/with_label.pth")).numbers())
        .containsExactly(Map.entry("label", 3L));
    assertThat(StateDict.read(Corpus.file("torch/checkpoint.pth")).numbers())
        .containsExactly(Map.entry("epoch", 7L), Map.entry("lr", 1e-3));
  }

  @Test
  void typesThatJavaHasNotAreReadAsWiderOnes() {
    assertThat(type("half.pth")).isEqualTo(ElementType.FLOAT32);
    assertThat(type("bfloat16.pth")).isEqualTo(ElementType.FLOAT32);
    assertThat(type("double.pth")).isEqualTo(ElementType.FLOAT64);
    assertThat(type("int64.pth")).isEqualTo(ElementType.INT64);
  }

  @Test
  void aPickledModuleIsToldToSaveItsStateDict() {
    assertThatThrownBy(() -> StateDict.read(Corpus.file("torch/whole_module.pth")))
        .hasMessageContaining("found the name 'torch.nn.modules.linear.Linear'")
        .hasMessageContaining("torch.save(module.state_dict(), file)");
  }

  @Test
  void dictionariesInDictionariesDoNotMultiply() throws IOException {
    StringBuilder pickle = new StringBuilder("\u0080\u0002}q\0");
    for (int depth = 1; depth < 30; depth++) {
      pickle.append("}q").append((char) depth).append("(");
      for (int i = 0; i < 10; i++) {
        pickle.append("K").append((char) i).append("h").append((char) (depth - 1));
      }
      pickle.append("u");
    }
    Path file = archive(pickle.append(".").toString());

    assertThatThrownBy(() -> StateDict.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected at most 1000000 values, found more");
  }

  @Test
  void aDictionaryInItselfIsRefused() throws IOException {
    Path file = archive("\u0080\u0002}q\0K\1h\0s.");

    assertThatThrownBy(() -> StateDict.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected at most 32 dictionaries in each other");
  }

  /** Each makes an object at every byte. */
  @ParameterizedTest
  @MethodSource("greedy")
  void aLongPickleTakesBoundedMemory(String instruction) throws IOException {
    Path file =
        archive("\u0080\u0002" + instruction.repeat((1 << 20) / instruction.length()) + ".");

    assertThatThrownBy(() -> StateDict.read(file)).isInstanceOf(DataException.class);
  }

  static Stream<String> greedy() {
    return Stream.of("]", "}", "(", "(t", "]\u0085", "]q\0", "]\u0094");
  }

  static Stream<String> readable() {
    return names(EXPECTED).stream()
        .filter(
            name ->
                !EXPECTED.get(name).get("read").isBoolean()
                    || EXPECTED.get(name).get("read").booleanValue());
  }

  static Stream<String> hostile() {
    return names(EXPECTED).stream()
        .filter(
            name ->
                EXPECTED.get(name).get("read").isBoolean()
                    && !EXPECTED.get(name).get("read").booleanValue());
  }

  private static ElementType type(String file) {
    return StateDict.read(Corpus.file("torch/" + file)).tensors().get("x").type();
  }

  /** A file with this pickle, of one byte each letter, and no storage. */
  private Path archive(String pickle) throws IOException {
    Path file = folder.resolve("crafted.pth");
    byte[] bytes = pickle.getBytes(StandardCharsets.ISO_8859_1);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      ZipEntry entry = new ZipEntry("archive/data.pkl");
      CRC32 sum = new CRC32();
      sum.update(bytes);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(sum.getValue());
      zip.putNextEntry(entry);
      zip.write(bytes);
    }
    return file;
  }

  private static String sha256(NdArray array, String as) throws Exception {
    ByteBuffer bytes =
        ByteBuffer.allocate(array.size() * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (as.equals("float32")) {
      for (float value : array.floats()) {
        bytes.putFloat(value);
      }
    } else {
      for (double value : array.doubles()) {
        bytes.putDouble(value);
      }
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(bytes.flip());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode expected() {
    try {
      return JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build()
          .readTree(Corpus.file("torch/expected.json").toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
