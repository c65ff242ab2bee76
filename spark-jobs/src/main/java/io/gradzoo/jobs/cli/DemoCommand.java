package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.demo.DemoJob;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** {@code gradzoo demo}. */
@Command(
    name = "demo",
    description = "Does everything once, small: zoo, gradient sets, training, evaluation, report.")
final class DemoCommand extends SparkCommand {
  @ArgGroup private OtherCodeOptions otherCode = new OtherCodeOptions();

  @Override
  boolean goesOn() {
    return true;
  }

  @Override
  ConfigUse use() {
    return ConfigUse.demo();
  }

  @Override
  Job<?> job() {
    return new DemoJob(DemoCommand::preset, otherCode.rule(), this::print);
  }

  private static GradzooConfig preset(String name) {
    return ConfigLayers.of(Presets.find(name)).load(ConfigUse.study());
  }
}
