package io.gradzoo.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Configs for tests, and what is wrong with others. */
final class Configs {
  private Configs() {}

  /** The defaults with assignments over them. */
  static GradzooConfig load(String... assignments) {
    return layers(assignments).load();
  }

  /** The lines that refuse the defaults with assignments over them. */
  static List<String> problems(String... assignments) {
    return problems(layers(assignments));
  }

  /** The lines that refuse a file. */
  static List<String> problems(Path file) {
    return problems(ConfigLayers.of(file));
  }

  /** The lines that refuse layers. */
  static List<String> problems(ConfigLayers layers) {
    GradzooException e = catchThrowableOfType(GradzooException.class, layers::load);
    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e.problems()).allSatisfy(line -> assertThat(line).doesNotContain("\n"));
    return e.problems();
  }

  private static ConfigLayers layers(String... assignments) {
    return new ConfigLayers(Optional.empty(), Optional.empty(), List.of(assignments));
  }
}
