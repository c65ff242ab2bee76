package io.gradzoo.jobs.cli;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.ZooConfig;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** The zoo that a command is about. */
final class ZooName {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Name of the zoo (default: zoo.name of the config).")
  private String zoo;

  /**
   * The name; empty if the config gives it.
   *
   * @throws GradzooException exit code 2 if no zoo can have it
   */
  Optional<String> given() {
    if (zoo != null && !ZooConfig.named(zoo)) {
      throw GradzooException.usage(
          Fault.of("NAME").expected(ZooConfig.NAMES).found("\"%s\"", zoo).fix("gradzoo zoo list"));
    }
    return Optional.ofNullable(zoo);
  }
}
