package io.gradzoo.jobs.family.inr;

import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.family.layered.LayeredFamily;
import java.util.Set;

/**
 * Implicit neural representations: multilayer perceptrons with sines, which read points (Sitzmann
 * et al. 2020). Tables have them among the MLPs, as they always had, and their architecture tells
 * them apart: whoever reads mlp goes on to read them.
 */
public record InrFamily() implements LayeredFamily {
  @Override
  public String name() {
    return "inr";
  }

  @Override
  public String title() {
    return "INRs";
  }

  @Override
  public String column() {
    return "mlp";
  }

  @Override
  public String pattern() {
    return patternOf(Activation.SINE);
  }

  @Override
  public boolean has(LayeredArchitecture architecture) {
    return architecture.dense() && architecture.activation() == Activation.SINE;
  }

  @Override
  public Set<MemberUse> offers() {
    return Set.of(MemberUse.WEIGHTS, MemberUse.FACTORS);
  }
}
