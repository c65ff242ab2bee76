package io.gradzoo.jobs.zoo;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.symmetry.GaugeDimension;
import java.util.Optional;

/**
 * What is said of the members of an architecture.
 *
 * @param architecture its text
 * @param members of it
 * @param parameters of each
 * @param gauge how many rescalings change no output of a member; empty of networks that have none
 * @param looked members whose neurons were looked at
 * @param dead neurons of these, a channel being one, that see no difference between images
 */
public record ArchitectureGauge(
    String architecture,
    long members,
    int parameters,
    Optional<GaugeDimension> gauge,
    long looked,
    long dead) {

  static ArchitectureGauge of(Architecture architecture, long members, long looked, long dead) {
    Optional<GaugeDimension> gauge =
        architecture instanceof LayeredArchitecture layers
            ? Optional.of(GaugeDimension.of(layers))
            : Optional.empty();
    return new ArchitectureGauge(
        architecture.id(), members, architecture.parameterCount(), gauge, looked, dead);
  }
}
