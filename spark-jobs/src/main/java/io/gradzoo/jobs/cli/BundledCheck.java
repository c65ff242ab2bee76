package io.gradzoo.jobs.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gradzoo gpu check} in a bundle. */
@Command(name = "check", description = "Compares this machine's GPU with its CPU.")
public final class BundledCheck extends BundledProgram {
  @Mixin private CheckOptions options;

  private BundledCheck() {}

  /** Checks, and exits as {@code gradzoo gpu check} does. */
  public static void main(String[] arguments) {
    new BundledCheck().run(arguments);
  }

  @Override
  public Integer call() {
    return options.check(out()).status();
  }
}
