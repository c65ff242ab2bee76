package io.gradzoo.jobs.family.transformer;

import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.gradient.transformer.TransformerGradientExtraction;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.jobs.family.MemberGradients;
import io.gradzoo.jobs.family.ProbeSamples;

/** A gradient set of a transformer, computed on demand. */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record TakenTransformer(
    TransformerArchitecture architecture, float[] weights, ProbeSamples probe, Signal signal)
    implements MemberGradients {
  @Override
  public TokenSet tokens() {
    TransformerGradientExtraction workspace = new TransformerGradientExtraction(architecture);
    return new TokenSet(
        architecture,
        TransformerGradients.take(workspace, architecture, weights, probe, signal).layers());
  }
}
