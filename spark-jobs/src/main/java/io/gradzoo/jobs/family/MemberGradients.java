package io.gradzoo.jobs.family;

import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.transformer.TokenGradients;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import java.util.List;

/**
 * The data of a member and its gradient set, each part made on demand. A member has the parts that
 * its family {@linkplain MemberFamily#offers offers}.
 */
public interface MemberGradients {
  /** The flat weights. */
  float[] weights();

  /**
   * Its set, if all layers are dense; perhaps without moments.
   *
   * @throws IllegalStateException if its family has no such
   */
  default GradientSet layers() {
    throw new IllegalStateException("its family has no factors of layers");
  }

  /**
   * Its set with moments, and with the maps and signals of convolutions.
   *
   * @throws IllegalStateException if its family has no such
   */
  default GradientSet maps() {
    throw new IllegalStateException("its family has no maps and signals");
  }

  /**
   * Its set, if it is a transformer.
   *
   * @throws IllegalStateException if its family has no such
   */
  default TokenSet tokens() {
    throw new IllegalStateException("its family has no factors of tokens");
  }

  /**
   * The gradient set of a transformer.
   *
   * @param layers factors of its stages, in the order of the flat weights
   */
  record TokenSet(TransformerArchitecture architecture, List<TokenGradients> layers) {
    public TokenSet {
      layers = List.copyOf(layers);
    }
  }
}
