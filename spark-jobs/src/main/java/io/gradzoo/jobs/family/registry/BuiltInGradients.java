package io.gradzoo.jobs.family.registry;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.family.FamilyGradients;
import io.gradzoo.jobs.family.layered.LayeredGradients;
import io.gradzoo.jobs.family.transformer.TransformerGradients;
import java.util.List;

/** The gradients of all families. */
public final class BuiltInGradients {
  private static final List<FamilyGradients> ALL =
      List.of(new LayeredGradients(), new TransformerGradients());

  private BuiltInGradients() {}

  /** Those of networks of an architecture. */
  public static FamilyGradients of(Architecture architecture) {
    return ALL.stream()
        .filter(each -> each.has(architecture))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no family has the architecture " + architecture));
  }
}
