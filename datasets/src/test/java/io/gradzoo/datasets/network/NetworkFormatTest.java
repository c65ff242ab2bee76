package io.gradzoo.datasets.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.Corpus;
import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.engine.network.BatchedNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that other libraries wrote, with the outputs that these libraries compute of them. */
class NetworkFormatTest {
  private static final Place PLACE = Place.of("test", "network");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "onnx/mlp, relu:6:dense5:dense4:dense3",
    "onnx/matmul, tanh:6:dense5:dense3",
    "onnx/cnn, relu:2x9x9:conv4k3s2p0:conv3k3s1p1:gap:dense3",
    "onnx/flattened, tanh:2x9x9:conv4k3s2p0:dense3",
    "onnx/siren, sine30:2:dense5:dense1",
    "dl4j/mlp, tanh:6:dense5:dense4:dense3",
    "dl4j/flattened, relu:2x9x9:conv4k3s2p0:dense5:dense3",
  })
  void modelsComputeWhatTheirLibrariesCompute(String name, String architecture) throws IOException {
    StoredNetwork network = read(name);
    List<String> golden = golden(name);

    assertThat(network.architecture()).isEqualTo(architecture);
    assertThat(outputs(network, floats(golden.get(0))))
        .usingComparatorWithPrecision(2e-6f)
        .containsExactly(floats(golden.get(1)));
  }

  @Test
  void theSoftmaxOfAModelOfDl4jIsItsLossAndNoLayer() throws IOException {
    StoredNetwork network = read("dl4j/cnn");
    List<String> golden = golden("dl4j/cnn");

    float[] logits = outputs(network, floats(golden.get(0)));

    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    float[] expected = floats(golden.get(1));
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.exp(logits[i]) / sum).isCloseTo(expected[i], within(2e-6));
    }
  }

  @Test
  void anActivationThatTargetNetworksDoNotHaveIsNamed() {
    assertThatThrownBy(() -> read("onnx/sigmoid"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found operation 'Sigmoid'")
        .hasMessageContaining("plain networks");
  }

  @Test
  void noOtherEntryOfAModelOfDl4jIsReadOrUnderstood() throws IOException {
    Path file = folder.resolve("model.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("configuration.json"));
      zip.write(
          "{\"confs\": [{\"layer\": {\"@class\": \"java.lang.Runtime\", \"nin\": 2}}]}"
              .getBytes(StandardCharsets.UTF_8));
      stored(zip, "coefficients.bin", coefficients());
      stored(zip, "preprocessor.bin", new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, 's', 'r'});
    }

    assertThatThrownBy(() -> NetworkFormat.DL4J.read(PLACE, file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found a layer 'Runtime'");
  }

  @Test
  void layersFollowTheNumbersInTheirNames() {
    StoredNetwork network =
        StoredNetwork.of(
            Map.of(
                "seq.10.weight", FloatTensor.of(5),
                "seq.10.bias", FloatTensor.of(6),
                "seq.2.weight", FloatTensor.of(3),
                "seq.2.bias", FloatTensor.of(4)));

    assertThat(network.inOrder(PLACE, List.of()))
        .containsExactly(
            FloatTensor.of(3), FloatTensor.of(4), FloatTensor.of(5), FloatTensor.of(6));
    assertThatThrownBy(() -> network.inOrder(PLACE, List.of("seq.2.weight", "seq.2.bias")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected tensors [seq.2.weight, seq.2.bias]");
  }

  @Test
  void layersWithNamesOfWordsStandInTheOnlyOrderOfTheirShapes() {
    StoredNetwork network =
        named(
            Map.of(
                "classifier",
                List.of(10, 72),
                "features.0",
                List.of(4, 1, 3, 3),
                "body",
                List.of(8, 4, 3, 3)));

    assertThat(network.order(PLACE, List.of()))
        .containsExactly(
            "features.0.weight", "features.0.bias",
            "body.weight", "body.bias",
            "classifier.weight", "classifier.bias");
  }

  @ParameterizedTest
  @CsvSource({"3,2", "8,7", "30,30"}) // the last has more orders than can be looked at
  void layersWithNamesOfWordsThatCouldStandInAnyOrderAreRefused(int layers, int width) {
    Map<String, List<Integer>> shapes = new TreeMap<>();
    for (int i = 0; i < layers; i++) {
      shapes.put(Character.toString('a' + i), List.of(width, width));
    }

    assertThatThrownBy(() -> named(shapes).inOrder(PLACE, List.of()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected layers whose order is that of their numbers")
        .hasMessageContaining("which can stand in several (fix: name the tensors");
    List<String> names =
        shapes.keySet().stream().flatMap(a -> Stream.of(a + ".weight", a + ".bias")).toList();
    assertThat(named(shapes).order(PLACE, names)).isEqualTo(names);
  }

  private static StoredNetwork named(Map<String, List<Integer>> weights) {
    Map<String, FloatTensor> tensors = new TreeMap<>();
    weights.forEach(
        (name, shape) -> {
          int size = shape.stream().reduce(1, Math::multiplyExact);
          tensors.put(name + ".weight", new FloatTensor(shape, new float[size]));
          tensors.put(
              name + ".bias", new FloatTensor(shape.subList(0, 1), new float[shape.get(0)]));
        });
    return StoredNetwork.of(tensors);
  }

  @Test
  void numbersOfCsvAreReadInTheirOrderAlone() throws IOException {
    Path file = folder.resolve("network.csv");
    Files.writeString(file, "tensor,index,value\n0.weight,0,0.1\n0.weight,1,-3.4028235E38\n");
    assertThat(NetworkFormat.CSV.read(PLACE, file).tensors().get("0.weight"))
        .isEqualTo(FloatTensor.of(0.1f, -Float.MAX_VALUE));

    Files.writeString(file, "tensor,index,value\n0.weight,1,0.1\n");
    assertThatThrownBy(() -> NetworkFormat.CSV.read(PLACE, file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("network:line 2: expected index 0, found '1'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"format\": \"pickle\"}|expected one of",
        "{\"format\": \"npz\", \"formats\": 1}|found 'formats'",
        "{}|expected a key format",
        "[1]|expected an object",
        "{\"format\": \"npz\"} x|JSON",
      })
  void aDescriptionOfSomethingElseIsRefused(String json, String message) {
    assertThatThrownBy(
            () ->
                FolderDescription.read(
                    PLACE, new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  private static StoredNetwork read(String name) {
    NetworkFormat format = name.startsWith("onnx") ? NetworkFormat.ONNX : NetworkFormat.DL4J;
    return format.read(PLACE, Corpus.file(name + format.suffix()));
  }

  private static List<String> golden(String name) throws IOException {
    return Files.readAllLines(Corpus.file(name + ".txt"));
  }

  private static float[] floats(String line) {
    String[] texts = line.split(" ", -1);
    float[] values = new float[texts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(texts[i]);
    }
    return values;
  }

  private static float[] outputs(StoredNetwork network, float[] inputs) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(network.architecture());
    float[] parameters = new float[architecture.parameterCount()];
    int at = 0;
    for (FloatTensor tensor : network.inOrder(PLACE, List.of())) {
      System.arraycopy(tensor.values(), 0, parameters, at, tensor.values().length);
      at += tensor.values().length;
    }
    BatchedNetwork evaluated = new BatchedNetwork(architecture, 1);
    evaluated.load(parameters, 0);
    return Arrays.copyOf(evaluated.forward(inputs, 0, 1), architecture.outputs());
  }

  private static byte[] coefficients() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF("MIXED_DATA_TYPES");
      out.writeLong(0);
      out.writeUTF("LONG");
      out.writeUTF("MIXED_DATA_TYPES");
      out.writeLong(1);
      out.writeUTF("FLOAT");
      out.writeFloat(1);
    }
    return bytes.toByteArray();
  }

  private static void stored(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
  }
}
