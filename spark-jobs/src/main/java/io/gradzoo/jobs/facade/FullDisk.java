package io.gradzoo.jobs.facade;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A disk that is full, of which the failure does not say which it is. */
final class FullDisk {
  private FullDisk() {}

  /** The failure, at the place among those that were written that has the least room. */
  static GradzooException among(List<String> places, Throwable failure) {
    Path fullest =
        places.stream()
            .filter(place -> !place.contains("://"))
            .map(place -> existing(Path.of(place).toAbsolutePath()))
            .min(Comparator.comparingLong(place -> place.toFile().getUsableSpace()))
            .orElseThrow();
    return GradzooException.data(
        Fault.of("storage")
            .at(fullest)
            .found("no space left on the device (%d bytes free)", fullest.toFile().getUsableSpace())
            .fix("make room there, and run the same command again"),
        failure);
  }

  private static Path existing(Path place) {
    Path part = place;
    while (!part.toFile().exists() && part.getParent() != null) {
      part = part.getParent();
    }
    return part;
  }
}
