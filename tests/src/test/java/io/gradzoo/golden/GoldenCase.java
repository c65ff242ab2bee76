package io.gradzoo.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradzoo.datasets.format.NpzReader;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Layer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One case of the ScaleGMN golden vectors: target networks, parameters, outputs and gradients in
 * float64.
 */
record GoldenCase(String name, JsonNode entry, Path folder) {

  @Override
  public String toString() {
    return name;
  }

  String head() {
    return entry.get("head").asText();
  }

  int networks() {
    return entry.get("n_nets").asInt();
  }

  double[] array(NpzReader npz, String field) {
    return npz.read(field).doubles();
  }

  NpzReader open() {
    return NpzReader.open(file());
  }

  Path file() {
    return folder.resolve(entry.get("file").asText());
  }

  /**
   * The architecture of network m; images are large enough for its kernels, which is all that
   * matters here.
   */
  LayeredArchitecture architecture(int m) {
    boolean cnn = entry.get("kind").asText().equals("cnn");
    boolean odd =
        entry.get("is_tanh").get(m).asBoolean()
            || entry.get("args").get("symmetry").asText().equals("sign");
    Activation activation = odd ? Activation.TANH : Activation.RELU;
    JsonNode widths = entry.get("layout");
    List<Layer> layers = new ArrayList<>();
    for (int l = 1; l < widths.size(); l++) {
      JsonNode kernel = entry.get("kernels").get(l - 1);
      int width = widths.get(l).asInt();
      if (kernel.isNull()) {
        if (cnn && l == widths.size() - 1) {
          layers.add(new Layer.GlobalAveragePool());
        }
        layers.add(new Layer.Dense(width));
      } else {
        layers.add(new Layer.Conv2d(width, kernel.get(0).asInt(), 1, 0));
      }
    }
    int inputs = widths.get(0).asInt();
    return LayeredArchitecture.of(
        activation, cnn ? new Shape(inputs, 16, 16) : Shape.flat(inputs), layers);
  }

  /** Network m's flat parameters. */
  float[] parameters(NpzReader npz, int m, LayeredArchitecture architecture) {
    float[] flat = new float[architecture.parameterCount()];
    for (AffineLayer layer : architecture.affineLayers()) {
      copy(array(npz, "net" + m + "/W" + layer.index()), flat, layer.weightOffset());
      copy(array(npz, "net" + m + "/b" + layer.index()), flat, layer.biasOffset());
    }
    return flat;
  }

  private static void copy(double[] from, float[] to, int offset) {
    for (int i = 0; i < from.length; i++) {
      to[offset + i] = (float) from[i];
    }
  }
}
