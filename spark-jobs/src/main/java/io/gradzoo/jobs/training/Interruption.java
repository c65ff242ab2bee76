package io.gradzoo.jobs.training;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.run.CheckpointFile;
import io.gradzoo.jobs.run.Checkpoints;
import io.gradzoo.jobs.run.TrainingIdentity;
import java.util.List;
import java.util.Optional;

/** Finds out whether an interrupted training left something to go on from. */
final class Interruption {
  private static final int MOST_SHOWN = 3;

  private Interruption() {}

  /**
   * The checkpoint that a training goes on from; empty if it starts from its beginning.
   *
   * @param command for messages, such as {@code train scalegmn}
   * @throws GradzooException exit code 3, with the differences, if another training left it
   */
  static Optional<CheckpointFile> find(
      String command,
      Checkpoints checkpoints,
      TrainingIdentity here,
      Resumption resumption,
      Progress progress) {
    if (resumption == Resumption.NONE) {
      checkpoints.delete();
      return Optional.empty();
    }
    Optional<Checkpoints.Found> newest = checkpoints.newest();
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    CheckpointFile file = newest.get().file();
    List<String> differences =
        file.identity()
            .map(left -> left.differences(here))
            .orElse(List.of("it does not say of what"));
    if (differences.isEmpty()) {
      progress.note("%s: goes on after round %d".formatted(command, file.round()));
      return Optional.of(file);
    }
    if (resumption == Resumption.SAME) {
      throw GradzooException.data(
          Fault.of(command)
              .at(newest.get().place())
              .expected("a checkpoint of this training")
              .found("one of another: %s", words(differences))
              .fix(
                  "train as it was, --from-checkpoint=FILE for a run of its own, or --start-over"));
    }
    progress.note(
        "%s: an interrupted training is forgotten: %s".formatted(command, words(differences)));
    checkpoints.delete();
    return Optional.empty();
  }

  private static String words(List<String> differences) {
    int more = differences.size() - MOST_SHOWN;
    return more <= 0
        ? String.join(", ", differences)
        : String.join(", ", differences.subList(0, MOST_SHOWN)) + " and " + more + " more";
  }
}
