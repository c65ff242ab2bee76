package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.bench.BenchSettings;
import io.gradzoo.jobs.bench.ZooBench;
import io.gradzoo.jobs.bench.ZooWorkload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradzoo bench zoo}. */
@Command(
    name = "zoo",
    description = {
      "Trains members of a zoo on made-up images, network after network, and prints a line of JSON.",
      "Operations are those of matrix products, counted; the peak is what products alone reach."
    })
final class BenchZooCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ZooWorkload architecture = ZooWorkload.CNN32;

  @Mixin private BenchCommand.MeasurementOptions measurement;

  @Override
  public void run() {
    GradzooCommand.of(spec).requireNoConfig(spec);
    BenchSettings settings =
        measurement.settings(architecture.batch(), BenchSettings.Work.TRAINING);
    spec.commandLine().getOut().println(new ZooBench(architecture, settings).run().json(settings));
  }
}
