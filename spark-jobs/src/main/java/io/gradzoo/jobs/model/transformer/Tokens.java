package io.gradzoo.jobs.model.transformer;

import io.gradzoo.engine.gradient.transformer.TokenFeatures;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.gradmetanet.InputChannels;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.jobs.family.MemberGradients;
import io.gradzoo.jobs.model.GradientInput;

/**
 * Factors of every token, as {@link TokenFeatures} says.
 *
 * @param samples in a set
 */
record Tokens(int samples) implements GradientInput {
  @Override
  public boolean usesWeights() {
    return false;
  }

  @Override
  public boolean usesTokens() {
    return true;
  }

  @Override
  public ExampleParts read(MemberGradients member) {
    MemberGradients.TokenSet set = member.tokens();
    return ExampleParts.ofFeatures(TokenFeatures.of(set.architecture(), set.layers()));
  }

  @Override
  public InputChannels channels(Architecture architecture) {
    TransformerArchitecture transformer = TransformerArchitecture.from(architecture);
    return InputChannels.ofTokens(transformer, samples * transformer.positions());
  }
}
