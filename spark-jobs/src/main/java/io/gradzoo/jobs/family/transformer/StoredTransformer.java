package io.gradzoo.jobs.family.transformer;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.jobs.family.MemberGradients;
import io.gradzoo.jobs.table.StoredTokens;
import io.gradzoo.jobs.table.StoredWeights;
import java.util.List;
import org.apache.spark.sql.Row;

/** A stored gradient set of a transformer. */
record StoredTransformer(
    TransformerArchitecture architecture, Row set, List<Row> factors, int samples)
    implements MemberGradients {
  @Override
  public float[] weights() {
    return StoredWeights.of(set);
  }

  @Override
  public TokenSet tokens() {
    StoredTokens stored = StoredTokens.of(architecture, factors);
    int found = stored.sequences().size();
    if (found != samples) {
      throw Fault.here().expected("a gradient set of %d samples", samples).found(found).exception();
    }
    return new TokenSet(architecture, stored.layers());
  }
}
