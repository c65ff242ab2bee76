package io.gradzoo.engine.network.transformer;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;

/** Reads text forms of architectures of every family. */
public final class Architectures {
  private static final String TRANSFORMER = "transformer";

  private Architectures() {}

  /**
   * Reads a text form.
   *
   * @throws IllegalArgumentException naming the part that is not understood
   */
  public static Architecture parse(String id) {
    try {
      return isTransformer(id) ? TransformerArchitecture.parse(id) : LayeredArchitecture.parse(id);
    } catch (ArithmeticException e) {
      throw Fault.of("architecture")
          .at(id)
          .expected("fewer than 2^31 parameters")
          .found("more")
          .exception();
    }
  }

  /**
   * Whether a text, well-formed or not, is of a family that names its activation somewhere in it;
   * others have it in front, where a zoo's config leaves it to the recipe.
   */
  public static boolean namesActivation(String id) {
    return isTransformer(id);
  }

  private static boolean isTransformer(String id) {
    return id.startsWith(TRANSFORMER);
  }
}
