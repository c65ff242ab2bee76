package io.gradzoo.jobs.family.mlp;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.family.layered.LayeredFamily;
import java.util.Set;

/** Multilayer perceptrons of any activation: every affine layer is dense. INRs are among them. */
public record MlpFamily() implements LayeredFamily {
  @Override
  public String name() {
    return "mlp";
  }

  @Override
  public String title() {
    return "MLPs";
  }

  @Override
  public boolean has(LayeredArchitecture architecture) {
    return architecture.dense();
  }

  @Override
  public Set<MemberUse> offers() {
    return Set.of(MemberUse.WEIGHTS, MemberUse.FACTORS);
  }
}
