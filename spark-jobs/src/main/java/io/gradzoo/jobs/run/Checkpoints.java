package io.gradzoo.jobs.run;

import io.gradzoo.datasets.DataException;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.table.CheckpointFolder;
import java.util.Optional;

/**
 * The checkpoints of a training that is under way. One that cannot be written or read never ends a
 * training: a line says so, and there are others.
 */
public final class Checkpoints implements AutoCloseable {
  private final CheckpointFolder folder;
  private final String command;
  private final Progress progress;

  Checkpoints(CheckpointFolder folder, String command, Progress progress) {
    this.folder = folder;
    this.command = command;
    this.progress = progress;
  }

  /**
   * A checkpoint that was found.
   *
   * @param place of its file, for messages
   */
  public record Found(String place, CheckpointFile file) {}

  /** The newest that is whole; a line reports each that is not. */
  public Optional<Found> newest() {
    for (String name : folder.names()) {
      String place = folder.shown(name);
      try {
        return Optional.of(new Found(place, CheckpointFile.parse(place, folder.read(name))));
      } catch (GradzooException | DataException e) {
        progress.note(
            "%s: %s is damaged or cannot be read; the checkpoint before it is used"
                .formatted(command, place));
      }
    }
    return Optional.empty();
  }

  /**
   * Adds a checkpoint, or says that it cannot be written.
   *
   * @throws GradzooException exit code 3 if another took this process for dead and took over
   */
  public void write(CheckpointFile file) {
    try {
      folder.write(file.round(), file::write);
    } catch (GradzooException e) {
      if (folder.takenOver()) {
        throw e;
      }
      progress.note(
          "%s: no checkpoint of round %d, training goes on: %s"
              .formatted(command, file.round(), e.faults().get(0)));
    }
  }

  /** Deletes all: the training is over. */
  public void delete() {
    folder.delete();
  }

  /** Lets others open them. */
  @Override
  public void close() {
    folder.close();
  }
}
