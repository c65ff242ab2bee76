package io.gradzoo.jobs.model;

import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.transformer.TokenGradients;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import java.util.List;

/** The data of a member and its gradient set, each part computed when it is asked for. */
public interface MemberGradients {
  /** The flat weights. */
  float[] weights();

  /** Its set, if all layers are dense; perhaps without moments. */
  GradientSet layers();

  /** Its set with moments, and with the maps and signals of convolutions. */
  GradientSet maps();

  /** Its set, if it is a transformer. */
  TokenSet tokens();

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
