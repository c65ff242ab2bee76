package io.gradzoo.jobs.cli;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.bench.AveragingBench;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradzoo bench averaging}. */
@Command(
    name = "averaging",
    description = {
      "Averages states of several sizes over shards in rounds on Spark, beside bare Spark, and prints"
          + " a line of JSON for each.",
      "GRADZOO_DRIVER_MEMORY bounds what one process holds."
    })
final class BenchAveragingCommand implements Runnable {
  private static final int MOST_PARAMETERS = 20_000_000;
  private static final int MOST_SHARDS = 1024;
  private static final int MOST_ROUNDS = 1000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--parameters",
      paramLabel = "N",
      split = ",",
      description = "Parameters of a state, roughly (default: ${DEFAULT-VALUE}).")
  private List<Integer> parameters = List.of(100_000, 1_000_000);

  @Option(
      names = "--shards",
      paramLabel = "S",
      split = ",",
      description = "Shards (default: ${DEFAULT-VALUE}).")
  private List<Integer> shards = List.of(2, 16);

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description = "Rounds to measure of each (default: ${DEFAULT-VALUE}).")
  private int rounds = 10;

  @Option(
      names = "--on",
      paramLabel = "MASTER",
      description =
          "Where Spark runs, such as local-cluster[2,1,1024] (default: ${DEFAULT-VALUE}).")
  private String on = "local[2]";

  @Override
  public void run() {
    GradzooCommand.of(spec).requireNoConfig(spec);
    parameters.forEach(each -> requireWithin("--parameters", each, MOST_PARAMETERS));
    shards.forEach(each -> requireWithin("--shards", each, MOST_SHARDS));
    requireWithin("--rounds", rounds, MOST_ROUNDS);
    if (!on.startsWith("local")) {
      throw refused("--on", "local[N] or local-cluster[N,CORES,MEMORY]", "\"" + on + "\"");
    }
    new AveragingBench(on, parameters, shards, rounds)
        .run(
            line -> {
              spec.commandLine().getOut().println(line);
              spec.commandLine().getOut().flush();
            });
  }

  private void requireWithin(String option, int number, int most) {
    if (number < 1 || number > most) {
      throw refused(option, "a whole number from 1 to " + most, String.valueOf(number));
    }
  }

  private GradzooException refused(String option, String expected, String found) {
    return GradzooException.usage(
        Fault.of("bench averaging").at(option).expected(expected).found(found));
  }
}
