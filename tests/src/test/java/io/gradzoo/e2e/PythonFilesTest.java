package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.network.NetworkFormat;
import io.gradzoo.datasets.network.StoredNetwork;
import io.gradzoo.engine.network.BatchedNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Networks that PyTorch 2.13, its ONNX exporters, safetensors, NumPy and pandas wrote, by {@code
 * files.py}, whose {@code expected.json} says what each of them is.
 */
class PythonFilesTest {
  private static final Path SCRIPT = Path.of("src/test/resources/python/files.py");
  private static final Path FILES = Path.of("src/test/resources/python/files");

  @TempDir Path folder;

  static List<String> stored() throws IOException {
    return List.copyOf(expected(FILES).keySet());
  }

  @ParameterizedTest
  @MethodSource("stored")
  void aFileIsReadAsWhatItsLibraryWroteOrRefusedInOneLine(String name) throws IOException {
    check(FILES.resolve(name), expected(FILES).get(name));
  }

  @Test
  @Tag("slow")
  void filesThatAreWrittenNowAreReadToo() throws IOException {
    Python.assume(List.of("torch", "onnxscript", "safetensors", "pandas"));

    Python.script(folder, SCRIPT, folder.toString(), "2");

    assertThat(expected(folder).keySet()).isEqualTo(expected(FILES).keySet());
    expected(folder).forEach((name, what) -> check(folder.resolve(name), what));
  }

  private static void check(Path file, JsonNode expected) {
    NetworkFormat format =
        Arrays.stream(NetworkFormat.values())
            .filter(each -> file.toString().endsWith(each.suffix()))
            .findFirst()
            .orElseThrow();
    Place place = Place.of("zoo import", file);
    if (expected.has("refused")) {
      assertThatThrownBy(() -> format.read(place, file))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("zoo import: " + file)
          .hasMessageContaining(expected.get("refused").textValue())
          .hasMessageNotContaining("\n");
      return;
    }
    StoredNetwork network = format.read(place, file);
    if (expected.has("architecture")) {
      assertThat(network.architecture()).isEqualTo(expected.get("architecture").textValue());
      assertThat(outputs(network, floats(expected.get("input"))))
          .as(file + "")
          .containsExactly(floats(expected.get("output")), within(1e-5f));
      return;
    }
    assertThat(network.tensors().keySet())
        .as(file + "")
        .containsExactlyInAnyOrderElementsOf(() -> expected.get("tensors").fieldNames());
    network
        .tensors()
        .forEach(
            (tensor, numbers) -> {
              JsonNode about = expected.get("tensors").get(tensor);
              assertThat(numbers.shape())
                  .as("%s in %s", tensor, file)
                  .isEqualTo(integers(about.get("shape")));
              assertThat(sha256(numbers))
                  .as("%s in %s", tensor, file)
                  .isEqualTo(about.get("sha256").textValue());
            });
    if (expected.has("order")) {
      assertThat(network.order(place, List.of()))
          .containsExactlyElementsOf(texts(expected.get("order")));
    }
    Map<String, Double> numbers = new TreeMap<>();
    network.numbers().forEach((number, value) -> numbers.put(number, value.doubleValue()));
    Map<String, Double> expectedNumbers = new TreeMap<>();
    expected
        .path("numbers")
        .fields()
        .forEachRemaining(each -> expectedNumbers.put(each.getKey(), each.getValue().asDouble()));
    assertThat(numbers).as(file + "").isEqualTo(expectedNumbers);
  }

  private static String sha256(FloatTensor tensor) {
    ByteBuffer bytes =
        ByteBuffer.allocate(tensor.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(tensor.values());
    return Workplace.sha256(bytes.array());
  }

  private static float[] outputs(StoredNetwork network, float[] inputs) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(network.architecture());
    FloatTensor parameters = FloatTensor.of(new float[architecture.parameterCount()]);
    int at = 0;
    for (FloatTensor tensor : network.inOrder(Place.of("test", "network"), List.of())) {
      System.arraycopy(tensor.values(), 0, parameters.values(), at, tensor.values().length);
      at += tensor.values().length;
    }
    BatchedNetwork evaluated = new BatchedNetwork(architecture, 1);
    evaluated.load(parameters.values(), 0);
    return Arrays.copyOf(evaluated.forward(inputs, 0, 1), architecture.outputs());
  }

  private static Map<String, JsonNode> expected(Path folder) throws IOException {
    JsonNode all =
        JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build()
            .readTree(Files.readString(folder.resolve("expected.json")));
    Map<String, JsonNode> expected = new TreeMap<>();
    all.fields().forEachRemaining(each -> expected.put(each.getKey(), each.getValue()));
    return expected;
  }

  private static float[] floats(JsonNode numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).floatValue();
    }
    return values;
  }

  private static List<String> texts(JsonNode texts) {
    return StreamSupport.stream(texts.spliterator(), false).map(JsonNode::textValue).toList();
  }

  private static List<Integer> integers(JsonNode numbers) {
    return StreamSupport.stream(numbers.spliterator(), false).map(JsonNode::intValue).toList();
  }
}
