package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.report.ReportJob;
import picocli.CommandLine.Command;

/** {@code gradzoo report}. */
@Command(
    name = "report",
    description = "Writes an HTML page about the zoo and its evaluated models.")
final class ReportCommand extends ZooReader {
  @Override
  ConfigUse use() {
    return ConfigUse.report();
  }

  @Override
  Job<?> job() {
    return new ReportJob();
  }
}
