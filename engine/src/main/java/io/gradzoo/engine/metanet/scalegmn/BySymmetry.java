package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.fault.Fault;
import java.util.function.BiFunction;

/**
 * A part that a metanetwork has once for each group it serves: both for {@link
 * RescalingGroup#HETERO}, else one. A network is always of one group, so its program only ever
 * holds the part that applies.
 *
 * @param scale the part for positive factors, or null
 * @param sign the part for signs, or null
 */
record BySymmetry<T>(T scale, T sign) {

  /**
   * @param build makes the part of a group under a name
   */
  static <T> BySymmetry<T> register(
      RescalingGroup symmetry, String name, BiFunction<String, RescalingGroup, T> build) {
    return switch (symmetry) {
      case SCALE -> new BySymmetry<>(build.apply(name + ".g1", RescalingGroup.SCALE), null);
      case SIGN -> new BySymmetry<>(null, build.apply(name + ".g1", RescalingGroup.SIGN));
      case HETERO -> {
        T sign = build.apply(name + ".g_sign", RescalingGroup.SIGN);
        yield new BySymmetry<>(build.apply(name + ".g_scale", RescalingGroup.SCALE), sign);
      }
      case PERMUTATION ->
          throw Fault.of("scalegmn")
              .at(name)
              .expected("a symmetry with rescalings: scale, sign or hetero")
              .found("permutation, which needs no canonical form")
              .exception();
    };
  }

  /** The part for networks of a group. */
  T select(RescalingGroup symmetry) {
    return symmetry == RescalingGroup.SCALE ? scale : sign;
  }
}
