package io.gradzoo.jobs.storage;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.table.Leftover;
import io.gradzoo.jobs.table.StorageConfig;
import io.gradzoo.jobs.table.TableStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Job: removes what dead commands left in the store, the runs folder and the reports folder, and
 * versions of tables that were replaced long ago and that no gradient sets and no run name. It says
 * what it would remove, and removes it if asked to.
 */
public final class TidyJob implements Job<Tidying> {

  /** Whether orphans are only listed or also removed. */
  public enum TidyMode {
    /** It is shown. */
    SHOW,
    /** It is shown and removed. */
    APPLY
  }

  private final Duration age;
  private final TidyMode mode;

  /**
   * @param age what is younger, or was replaced since, is left alone: a living command may need it
   * @throws GradzooException exit code 2 if it is less than a day
   */
  public TidyJob(Duration age, TidyMode mode) {
    if (age.toDays() < 1) {
      throw GradzooException.usage(
          Fault.of("--older-than")
              .expected("at least 1 day")
              .found(age.toDays())
              .fix("a longer time: a living command may need what is younger"));
    }
    this.age = age;
    this.mode = mode;
  }

  /**
   * Looks for leftovers, and removes them in mode {@link TidyMode#APPLY}.
   *
   * @throws GradzooException exit code 3 if something cannot be read or removed
   */
  @Override
  public Tidying run(JobContext context) {
    Instant before = Instant.now().minus(age);
    StorageConfig storage = context.config().storage();
    List<Leftover> all =
        new ArrayList<>(
            context.tables().leftovers(before, RunDirectory.versionsNamedIn(storage.runs())));
    for (String folder : List.of(storage.runs(), storage.reports())) {
      all.addAll(TableStores.leftovers(context.session(), folder, before));
    }
    if (mode == TidyMode.APPLY) {
      all.forEach(Leftover::remove);
    }
    return new Tidying(all, mode, storage.runs());
  }
}
