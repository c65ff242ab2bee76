package io.gradzoo.jobs.published;

import io.gradzoo.datasets.network.NetworkFormat;
import java.util.Locale;
import java.util.Optional;

/** As what a zoo is written. */
public enum ExportFormat {
  SMALL_CNN(null),
  NPZ(NetworkFormat.NPZ),
  SAFETENSORS(NetworkFormat.SAFETENSORS),
  CSV(NetworkFormat.CSV);

  private final NetworkFormat files;

  ExportFormat(NetworkFormat files) {
    this.files = files;
  }

  /** How a file holds a network; nothing if all networks are in one file. */
  Optional<NetworkFormat> files() {
    return Optional.ofNullable(files);
  }

  /** As the command line names it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
