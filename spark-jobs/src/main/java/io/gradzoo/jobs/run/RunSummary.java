package io.gradzoo.jobs.run;

import io.gradzoo.jobs.prediction.RoundMetrics;
import java.util.List;
import java.util.Map;

/**
 * What a run directory says of itself.
 *
 * @param directory of the run
 * @param model its block of the config
 * @param rounds of the training, at least one
 * @param configHash of what the model depends on
 * @param codeVersion of the code that made it; empty if that is not known
 * @param seconds of the training; NaN if that is not known
 */
public record RunSummary(
    RunDirectory directory,
    String model,
    List<RoundMetrics> rounds,
    String configHash,
    String codeVersion,
    double seconds) {
  public RunSummary {
    rounds = List.copyOf(rounds);
  }

  /**
   * Reads it.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if a file is missing or damaged
   */
  static RunSummary of(RunDirectory run) {
    return run.consistently(
        () -> {
          Map<String, String> metadata = TrainedModel.metadata(run);
          return new RunSummary(
              run,
              metadata.getOrDefault(TrainedModel.NAME, ""),
              run.rounds(),
              metadata.getOrDefault(TrainedModel.CONFIG_HASH, ""),
              metadata.getOrDefault(TrainedModel.CODE_VERSION, ""),
              run.trainingSeconds());
        });
  }
}
