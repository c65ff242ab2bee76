package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;

/** What programs give for single examples, as flat vectors. */
final class FlatOutputs {
  private FlatOutputs() {}

  /** The only output; or those of every layer's weights, then biases, as a parameter vector. */
  static float[] of(Program program, LayeredArchitecture architecture, ExampleParts example) {
    program.load(0, example);
    program.forward(1);
    if (program.outputs().size() == 1) {
      return program.output().values().clone();
    }
    float[] flat = new float[architecture.parameterCount()];
    int depth = architecture.affineLayers().size();
    for (AffineLayer layer : architecture.affineLayers()) {
      float[] w = program.outputs().get(layer.index()).values();
      float[] b = program.outputs().get(depth + layer.index()).values();
      System.arraycopy(w, 0, flat, layer.weightOffset(), layer.weightCount());
      System.arraycopy(b, 0, flat, layer.biasOffset(), layer.out());
    }
    return flat;
  }
}
