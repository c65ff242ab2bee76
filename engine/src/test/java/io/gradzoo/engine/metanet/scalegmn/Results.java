package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Vectors;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.ArrayList;
import java.util.List;

/** What a variant computes for networks: a vector, or a change of every parameter. */
final class Results {
  private static final int CAPACITY = 16;

  private final Variant variant;
  private final Program program;

  Results(Variant variant) {
    this.variant = variant;
    ScaleGmn metanetwork = variant.build();
    this.program =
        metanetwork.compile(
            variant.architecture(),
            new Tape(
                CpuDevice.best(),
                Parameters.over(generic(metanetwork)),
                CAPACITY,
                Tape.Mode.INFERENCE));
  }

  /** Parameters with no special values, so that nothing vanishes. */
  static float[] generic(ScaleGmn metanetwork) {
    float[] values = metanetwork.layout().initialize(1);
    float[] noise = Vectors.gaussian(values.length, 0.5, 2);
    for (int i = 0; i < values.length; i++) {
      values[i] += noise[i];
    }
    return values;
  }

  /** One result for each network. */
  List<float[]> of(List<float[]> networks) {
    List<float[]> results = new ArrayList<>();
    for (int from = 0; from < networks.size(); from += CAPACITY) {
      int count = Math.min(CAPACITY, networks.size() - from);
      for (int slot = 0; slot < count; slot++) {
        program.load(slot, ExampleParts.ofWeights(networks.get(from + slot)));
      }
      program.forward(count);
      for (int slot = 0; slot < count; slot++) {
        results.add(
            variant.config().head() instanceof ScaleGmnHead.Invariant
                ? vector(slot)
                : change(slot));
      }
    }
    return results;
  }

  private float[] vector(int slot) {
    Tensor output = program.output();
    float[] vector = new float[output.width()];
    System.arraycopy(output.values(), slot * vector.length, vector, 0, vector.length);
    return vector;
  }

  /** Node and edge results as a change of the flat parameters: edges source by source. */
  private float[] change(int slot) {
    LayeredArchitecture architecture = variant.architecture();
    List<AffineLayer> layers = architecture.affineLayers();
    int side = GraphLayout.of(architecture).kernel();
    int skipped = variant.config().head() instanceof ScaleGmnHead.GraphDeltas ? 1 : 0;
    float[] change = new float[architecture.parameterCount()];
    for (AffineLayer layer : layers) {
      float[] edges = program.outputs().get(layer.index()).values();
      float[] nodes = program.outputs().get(layers.size() + skipped + layer.index()).values();
      System.arraycopy(nodes, slot * layer.out(), change, layer.biasOffset(), layer.out());
      int margin = layer.convolution() ? (side - layer.kernel()) / 2 : 0;
      int k = layer.kernel();
      for (int i = 0; i < layer.in(); i++) {
        for (int j = 0; j < layer.out(); j++) {
          int edge = ((slot * layer.in() + i) * layer.out() + j) * side * side;
          for (int place = 0; place < k * k; place++) {
            int at = (margin + place / k) * side + margin + place % k;
            change[layer.weightOffset() + (j * layer.in() + i) * k * k + place] = edges[edge + at];
          }
        }
      }
    }
    return change;
  }
}
