package io.gradzoo.jobs.tracking;

import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.TrackingConfig;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.run.TrainingIdentity;
import io.gradzoo.jobs.tracking.TrackedRun.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Shows a training where the config says, beside its run directory. Nothing here ends a training or
 * lets it wait, but for a few seconds when it is over.
 */
public final class Tracking implements AutoCloseable {
  private final List<Outbox> outboxes = new ArrayList<>();
  private TrackedRun run;

  private Tracking(TrackedRun run) {
    this.run = run;
  }

  /**
   * Begins.
   *
   * @param command for messages, such as {@code train scalegmn}
   * @param name of the run
   * @param identity of the training
   */
  public static Tracking of(
      String command,
      GradzooConfig config,
      String name,
      TrainingIdentity identity,
      Progress progress) {
    Tracking tracking =
        new Tracking(
            new TrackedRun(
                name, identity.sha256(), identity.settings(), List.of(), Map.of(), State.FAILED));
    for (Tracker tracker : trackers(config.tracking())) {
      tracking.outboxes.add(new Outbox(command, tracker, progress, Outbox.PATIENCE));
    }
    return tracking;
  }

  private static List<Tracker> trackers(TrackingConfig config) {
    List<Tracker> trackers = new ArrayList<>();
    config.tensorboard().ifPresent(folder -> trackers.add(new EventFolder(Path.of(folder))));
    config
        .mlflow()
        .ifPresent(
            server -> trackers.add(new MlflowRun(server, config.experiment(), System.getenv())));
    return trackers;
  }

  /** Shows a training that is under way. */
  public void rounds(List<RoundMetrics> all) {
    show(all, Map.of(), State.RUNNING);
  }

  /** Shows one that is over. */
  public void finished(List<RoundMetrics> all) {
    show(all, Map.of(), State.FINISHED);
  }

  /**
   * Shows one that is over and was evaluated.
   *
   * @param evaluation numbers by name, such as {@code test/tau}; the sign of a name is a letter, a
   *     digit or one of {@code _-./} and the space
   */
  public void evaluated(List<RoundMetrics> all, Map<String, Double> evaluation) {
    show(all, evaluation, State.FINISHED);
  }

  private void show(List<RoundMetrics> all, Map<String, Double> evaluation, State state) {
    if (!outboxes.isEmpty()) {
      run = run.with(all, evaluation, state);
      outboxes.forEach(outbox -> outbox.put(run));
    }
  }

  /** Ends it; a training that was begun and is not over has failed. */
  @Override
  public void close() {
    if (run.state() == State.RUNNING) {
      show(run.rounds(), Map.of(), State.FAILED);
    }
    outboxes.forEach(Outbox::close);
  }
}
