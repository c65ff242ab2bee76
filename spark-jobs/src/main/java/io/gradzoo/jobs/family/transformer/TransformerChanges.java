package io.gradzoo.jobs.family.transformer;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.NamedTensor;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.symmetry.transformer.TransformerPermutation;
import java.util.SplittableRandom;

/** Changes of the weights of transformers. */
final class TransformerChanges {
  private TransformerChanges() {}

  static float[] permuted(Architecture architecture, float[] network, long seed) {
    TransformerArchitecture transformer = TransformerArchitecture.from(architecture);
    return TransformerPermutation.random(transformer, seed).apply(network);
  }

  /** Rows of the token embedding moved round by as many as the seed says, but not to themselves. */
  static float[] renamed(Architecture architecture, float[] network, long seed) {
    TransformerArchitecture transformer = TransformerArchitecture.from(architecture);
    NamedTensor table = transformer.layout().tokenTable().tensors().get(0);
    int by = 1 + new SplittableRandom(seed).nextInt(table.rows() - 1);
    float[] result = network.clone();
    for (int id = 0; id < table.rows(); id++) {
      int to = (id + by) % table.rows();
      System.arraycopy(
          network,
          table.offset() + id * table.columns(),
          result,
          table.offset() + to * table.columns(),
          table.columns());
    }
    return result;
  }
}
