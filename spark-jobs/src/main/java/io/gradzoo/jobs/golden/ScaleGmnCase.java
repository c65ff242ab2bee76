package io.gradzoo.jobs.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradzoo.datasets.format.NpzReader;
import io.gradzoo.engine.golden.GoldenCase;
import io.gradzoo.engine.golden.GoldenDistance;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Compatibility;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Layer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Shape;
import io.gradzoo.engine.tensor.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One case of the ScaleGMN golden vectors: target networks, parameters, outputs and gradients in
 * float64.
 *
 * @param name of the case
 * @param entry what the manifest says of it
 */
public record ScaleGmnCase(String name, JsonNode entry) implements GoldenCase {

  @Override
  public String toString() {
    return name;
  }

  /** With the arrays in a temporary file, since npz files are read from files. */
  @Override
  public GoldenDistance distance(Device device) {
    try {
      Path file = Files.createTempFile("gradzoo-golden-", ".npz");
      try {
        Files.write(file, GoldenFiles.bytes(GoldenFiles.class, entry.get("file").asText()));
        try (NpzReader npz = NpzReader.open(file)) {
          return ScaleGmnRun.of(device, this, file, npz).distance();
        }
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A case whose backward messages use the reciprocal was made with the corrected public modules
   * and needs no compatibility mode.
   */
  Compatibility compatibility() {
    return name.contains("recip") ? Compatibility.EXACT : Compatibility.REFERENCE;
  }

  String head() {
    return entry.get("head").asText();
  }

  int networks() {
    return entry.get("n_nets").asInt();
  }

  /** Affine layers of a network. */
  int depth() {
    return entry.get("layout").size() - 1;
  }

  double[] array(NpzReader npz, String field) {
    return npz.read(field).doubles();
  }

  /**
   * The architecture of network m; images are large enough for its kernels, which is all that
   * matters here.
   */
  LayeredArchitecture architecture(int m) {
    boolean cnn = entry.get("kernels").get(0).isArray();
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
