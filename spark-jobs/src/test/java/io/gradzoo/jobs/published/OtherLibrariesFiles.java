package io.gradzoo.jobs.published;

import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes perceptrons as ONNX and DL4J do, as far as it is read. Files that these libraries wrote
 * themselves are in the corpus of the module datasets.
 */
public final class OtherLibrariesFiles {
  private OtherLibrariesFiles() {}

  /** A graph of Gemm and Relu or Tanh in turn. */
  public static void onnx(Path path, LayeredArchitecture architecture, float[] parameters)
      throws IOException {
    ByteArrayOutputStream graph = new ByteArrayOutputStream();
    String value = "x";
    int last = architecture.affineLayers().size() - 1;
    for (AffineLayer layer : architecture.affineLayers()) {
      int i = layer.index();
      field(graph, 1, node("Gemm", "u" + i, value, "w" + i, "b" + i));
      value = "u" + i;
      if (i < last) {
        String operator = architecture.activation() == Activation.RELU ? "Relu" : "Tanh";
        field(graph, 1, node(operator, "a" + i, value));
        value = "a" + i;
      }
      field(graph, 5, tensor("w" + i, weight(layer, parameters), layer.out(), layer.in()));
      field(graph, 5, tensor("b" + i, bias(layer, parameters), layer.out()));
    }
    field(graph, 11, input("x", architecture.input().size()));
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    field(model, 7, graph.toByteArray());
    Files.write(path, model.toByteArray());
  }

  /** The two entries of a model of {@code ModelSerializer} that hold it. */
  public static void dl4j(Path path, LayeredArchitecture architecture, float[] parameters)
      throws IOException {
    StringBuilder layers = new StringBuilder();
    int last = architecture.affineLayers().size() - 1;
    String hidden =
        architecture.activation() == Activation.RELU ? "ActivationReLU" : "ActivationTanH";
    for (AffineLayer layer : architecture.affineLayers()) {
      boolean output = layer.index() == last;
      layers
          .append(output || layer.index() > 0 ? ", " : "")
          .append(
              """
              {"layer": {"@class": "org.deeplearning4j.nn.conf.layers.%s",
               "activationFn": {"@class": "org.nd4j.linalg.activations.impl.%s"},
               "lossFn": {"@class": "org.nd4j.linalg.lossfunctions.impl.LossMCXENT"},
               "hasBias": true, "hasLayerNorm": false, "nin": %d, "nout": %d}}"""
                  .formatted(
                      output ? "OutputLayer" : "DenseLayer",
                      output ? "ActivationSoftmax" : hidden,
                      layer.in(),
                      layer.out()));
    }
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      zip.putNextEntry(new ZipEntry("configuration.json"));
      String json = "{\"confs\": [" + layers + "], \"inputPreProcessors\": {}}";
      zip.write(json.getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("coefficients.bin"));
      zip.write(coefficients(parameters));
    }
  }

  private static byte[] coefficients(float[] parameters) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF("MIXED_DATA_TYPES");
      out.writeLong(2);
      out.writeUTF("LONG");
      out.writeLong(1);
      out.writeLong(parameters.length);
      out.writeUTF("MIXED_DATA_TYPES");
      out.writeLong(parameters.length);
      out.writeUTF("FLOAT");
      for (float parameter : parameters) {
        out.writeFloat(parameter);
      }
    }
    return bytes.toByteArray();
  }

  private static float[] weight(AffineLayer layer, float[] parameters) {
    return Arrays.copyOfRange(
        parameters, layer.weightOffset(), layer.weightOffset() + layer.weightCount());
  }

  private static float[] bias(AffineLayer layer, float[] parameters) {
    return Arrays.copyOfRange(parameters, layer.biasOffset(), layer.biasOffset() + layer.out());
  }

  private static byte[] node(String operator, String output, String... inputs) {
    ByteArrayOutputStream node = new ByteArrayOutputStream();
    for (String input : inputs) {
      text(node, 1, input);
    }
    text(node, 2, output);
    text(node, 4, operator);
    if (operator.equals("Gemm")) {
      ByteArrayOutputStream transposed = new ByteArrayOutputStream();
      text(transposed, 1, "transB");
      number(transposed, 3, 1);
      number(transposed, 20, 2);
      field(node, 5, transposed.toByteArray());
    }
    return node.toByteArray();
  }

  private static byte[] tensor(String name, float[] values, int... shape) {
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    for (int size : shape) {
      number(tensor, 1, size);
    }
    number(tensor, 2, 1);
    text(tensor, 8, name);
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    field(tensor, 9, raw.array());
    return tensor.toByteArray();
  }

  /** A value [batch, size]. */
  private static byte[] input(String name, int size) {
    ByteArrayOutputStream shape = new ByteArrayOutputStream();
    for (int dimension : new int[] {1, size}) {
      ByteArrayOutputStream one = new ByteArrayOutputStream();
      number(one, 1, dimension);
      field(shape, 1, one.toByteArray());
    }
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    number(tensor, 1, 1);
    field(tensor, 2, shape.toByteArray());
    ByteArrayOutputStream type = new ByteArrayOutputStream();
    field(type, 1, tensor.toByteArray());
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    text(value, 1, name);
    field(value, 2, type.toByteArray());
    return value.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, int field, String text) {
    field(out, field, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void field(ByteArrayOutputStream out, int field, byte[] content) {
    varint(out, (field << 3) | 2);
    varint(out, content.length);
    out.writeBytes(content);
  }

  private static void number(ByteArrayOutputStream out, int field, int value) {
    varint(out, field << 3);
    varint(out, value);
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int left = value;
    while (left >= 128) {
      out.write((left & 127) | 128);
      left >>>= 7;
    }
    out.write(left);
  }
}
