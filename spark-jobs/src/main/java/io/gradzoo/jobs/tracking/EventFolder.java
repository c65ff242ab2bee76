package io.gradzoo.jobs.tracking;

import io.gradzoo.datasets.event.EventFile;
import io.gradzoo.jobs.prediction.RoundMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * TensorBoard's files in a folder: below it, a folder for each run, with a file that grows with the
 * rounds and one with the numbers of the newest evaluation.
 */
final class EventFolder implements Tracker {
  private static final int IDENTITY_DIGITS = 8;
  private static final String ROUNDS = "events.out.tfevents.0.gradzoo";
  private static final String EVALUATION = "events.out.tfevents.1.gradzoo";

  private final Path folder;
  private EventFile rounds;

  EventFolder(Path folder) {
    this.folder = folder;
  }

  @Override
  public String place() {
    return "TensorBoard's folder " + folder;
  }

  @Override
  public void show(TrackedRun run) throws IOException {
    try {
      Path own =
          Files.createDirectories(
              folder.resolve(run.name() + "-" + run.identity().substring(0, IDENTITY_DIGITS)));
      if (rounds == null) {
        rounds = EventFile.open(own.resolve(ROUNDS), "settings", markdown(run.settings()));
      }
      Set<Long> shown = rounds.steps();
      for (RoundMetrics round : run.rounds()) {
        if (!shown.contains((long) round.round())) {
          rounds.add(round.round(), TrackedRun.numbers(round));
        }
      }
      if (!run.evaluation().isEmpty()) {
        EventFile.write(own.resolve(EVALUATION), run.lastRound(), run.evaluation());
      }
    } catch (IOException | RuntimeException e) {
      close(); // what was cut short is cut off when it is opened again
      throw e;
    }
  }

  @Override
  public void close() {
    if (rounds != null) {
      try {
        rounds.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        rounds = null;
      }
    }
  }

  private static String markdown(Map<String, String> settings) {
    StringBuilder table = new StringBuilder("| setting | value |\n|---|---|\n");
    settings.forEach(
        (key, value) -> table.append("| %s | %s |%n".formatted(key, value.replace("|", "\\|"))));
    return table.toString();
  }
}
