package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.ZooSteps;
import picocli.CommandLine.Parameters;

/** The zoo that a command is about. */
final class ZooName {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Name of the zoo (default: zoo.name of the config).")
  private String zoo;

  /**
   * The zoo.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 2 if no zoo can have the name
   */
  ZooSteps in(Gradzoo gradzoo) {
    return zoo == null ? gradzoo.zoo() : gradzoo.zoo(zoo);
  }
}
