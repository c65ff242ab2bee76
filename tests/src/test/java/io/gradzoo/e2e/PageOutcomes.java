package io.gradzoo.e2e;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.datasets.format.Safetensors;
import io.gradzoo.engine.network.BatchedNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the names on the page about other tools stand for, after all of its Python has run. */
record PageOutcomes(JsonNode values) {
  /** Pixels of a digit. */
  private static final int IMAGE = 64;

  private static final Map<String, String> ASKED =
      Map.ofEntries(
          Map.entry("weights", "list(weights.shape)"),
          Map.entry("first", "members[members['family'] == 'mlp']['member_id'].iloc[0]"),
          Map.entry("accuracy", "accuracy.to_dict()"),
          Map.entry("longest", "dict(zip(longest['family'], longest['numbers'].tolist()))"),
          Map.entry("means", "dict(means.iter_rows())"),
          Map.entry(
              "best",
              "dict(zip(best['run_id'].to_pylist(), best['test_accuracy_max'].to_pylist()))"),
          Map.entry("perceptrons", "list(perceptrons['parameters'].to_numpy().shape)"),
          Map.entry(
              "network", "network(torch.arange(64.0).reshape(1, 64) / 64).flatten().tolist()"),
          Map.entry("cnn", "cnn(torch.arange(64.0).reshape(1, 1, 8, 8) / 64).flatten().tolist()"),
          Map.entry("cnn_of", "tanh['member_id'][0]"),
          Map.entry("module", "module(torch.arange(64.0).reshape(1, 64) / 64).flatten().tolist()"),
          Map.entry("module_of", "row['member_id']"),
          Map.entry("format", "about['format']"),
          Map.entry(
              "state",
              "{k: hashlib.sha256(v.numpy().tobytes()).hexdigest() for k, v in state.items()}"));

  /** A script of the blocks, which then prints the outcomes. */
  static String script(List<String> blocks) {
    String asked =
        ASKED.entrySet().stream()
            .map(each -> "'" + each.getKey() + "': " + each.getValue())
            .collect(Collectors.joining(",\n"));
    return String.join("\n", blocks)
        + "\nimport hashlib, json\nprint(json.dumps({"
        + asked
        + "}))\n";
  }

  static PageOutcomes of(String printed) throws IOException {
    return new PageOutcomes(new ObjectMapper().readTree(printed));
  }

  /** Means, maxima and shapes are those of Spark. */
  void checkTables(Dataset<Row> members) {
    Row perceptrons =
        members.where("family = 'mlp'").agg(count("*"), max(size(col("parameters")))).head();
    List<Integer> shape = List.of((int) perceptrons.getLong(0), perceptrons.getInt(1));
    for (String name : List.of("weights", "perceptrons")) {
      assertThat(List.of(values.get(name).get(0).intValue(), values.get(name).get(1).intValue()))
          .as(name)
          .isEqualTo(shape);
    }
    assertNumbers("accuracy", members, "family", avg("test_accuracy"));
    assertNumbers("means", members, "family", avg("test_accuracy"));
    assertNumbers("longest", members, "family", max(size(col("parameters"))));
    assertNumbers("best", members.where("status = 'ok'"), "run_id", max("test_accuracy"));
  }

  /** PyTorch's modules compute what the engine computes of the same members. */
  void checkNetworks(Dataset<Row> members) {
    String first = values.get("first").textValue();
    assertLogits("network", row(members, first), "relu:64:dense8:dense10");
    assertLogits("cnn", row(members, values.get("cnn_of").textValue()), "");
    assertLogits("module", exported(members), "");
  }

  /** The member that was exported, whose state dict PyTorch wrote: architecture, parameters. */
  Row exported(Dataset<Row> members) {
    return row(members, values.get("module_of").textValue());
  }

  /** PyTorch sees the tensors of a model bit by bit. */
  void checkModel(Safetensors model) {
    Map<String, String> expected = new TreeMap<>();
    model
        .tensors()
        .forEach(
            (name, tensor) -> {
              ByteBuffer bytes =
                  ByteBuffer.allocate(tensor.values().length * Float.BYTES)
                      .order(ByteOrder.LITTLE_ENDIAN);
              bytes.asFloatBuffer().put(tensor.values());
              expected.put(name, Workplace.sha256(bytes.array()));
            });
    Map<String, String> loaded = new TreeMap<>();
    values
        .get("state")
        .fields()
        .forEachRemaining(each -> loaded.put(each.getKey(), each.getValue().textValue()));
    assertThat(loaded).isNotEmpty().isEqualTo(expected);
    assertThat(values.get("format").textValue()).isEqualTo(model.metadata().get("format"));
  }

  private void assertNumbers(String name, Dataset<Row> rows, String key, Column number) {
    Map<String, Double> expected =
        rows.groupBy(key).agg(number.cast("double")).collectAsList().stream()
            .collect(Collectors.toMap(row -> row.getString(0), row -> row.getDouble(1)));
    JsonNode found = values.get(name);
    assertThat(found.fieldNames()).toIterable().hasSameElementsAs(expected.keySet());
    expected.forEach(
        (group, value) ->
            assertThat(found.get(group).doubleValue())
                .as("%s of %s", name, group)
                .isCloseTo(value, within(1e-12)));
  }

  /**
   * @param architecture that the page's module has whatever the member's is; empty for the member's
   */
  private void assertLogits(String name, Row member, String architecture) {
    LayeredArchitecture layers =
        LayeredArchitecture.parse(architecture.isEmpty() ? member.getString(0) : architecture);
    float[] parameters = floats(member.getList(1));
    float[] inputs = new float[IMAGE];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = i / (float) IMAGE;
    }
    BatchedNetwork network = new BatchedNetwork(layers, 1);
    network.load(parameters, 0);
    float[] expected = Arrays.copyOf(network.forward(inputs, 0, 1), layers.outputs());
    JsonNode logits = values.get(name);
    assertThat(logits.size()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(logits.get(i).floatValue()).as(name).isCloseTo(expected[i], within(1e-5f));
    }
  }

  private static Row row(Dataset<Row> members, String id) {
    return members.where(col("member_id").equalTo(id)).select("architecture", "parameters").head();
  }

  private static float[] floats(List<Float> numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i);
    }
    return values;
  }
}
