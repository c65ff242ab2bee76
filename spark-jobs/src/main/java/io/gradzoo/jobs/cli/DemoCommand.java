package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.demo.DemoJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gradzoo demo}. */
@Command(
    name = "demo",
    description = "Does everything once, small: zoo, gradient sets, training, evaluation, report.")
final class DemoCommand extends SparkCommand {
  @Option(
      names = "--reuse-other-code",
      description = "Keep what other code made from the same settings; it is made again otherwise.")
  private boolean reuse;

  @Override
  void announceResumption() {
    Terminal.commandGoesOn();
  }

  @Override
  Job job() {
    DemoJob demo = new DemoJob(DemoCommand::preset);
    return reuse ? demo.reusingOtherCode() : demo;
  }

  private static GradzooConfig preset(String name) {
    return ConfigLayers.of(Presets.find(name)).load();
  }
}
