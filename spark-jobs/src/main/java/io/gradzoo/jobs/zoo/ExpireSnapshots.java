package io.gradzoo.jobs.zoo;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.table.ExpiryRule;
import io.gradzoo.jobs.table.Leftover;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Job: removes snapshots of a zoo's tables that were replaced long ago. */
public final class ExpireSnapshots implements Job<ExpiredSnapshots> {
  private final Optional<String> zoo;
  private final Duration age;
  private final ExpiryRule rule;

  /**
   * @param zoo its name; empty for the config's
   * @param age what was replaced since stays
   * @param rule what becomes of those that others name
   */
  public ExpireSnapshots(Optional<String> zoo, Duration age, ExpiryRule rule) {
    this.zoo = zoo;
    this.age = age;
    this.rule = rule;
  }

  /**
   * Removes them.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 2 if the store keeps no snapshots, 3 if the
   *     zoo is missing or a snapshot cannot be removed
   */
  @Override
  public ExpiredSnapshots run(JobContext context) {
    String name = zoo.orElse(context.config().zoo().name());
    String runs = context.config().storage().runs();
    List<Leftover> replaced =
        context
            .tables()
            .replaced(name, Instant.now().minus(age), RunDirectory.versionsNamedIn(runs), rule);
    replaced.forEach(Leftover::remove);
    return new ExpiredSnapshots(name, replaced, runs);
  }
}
