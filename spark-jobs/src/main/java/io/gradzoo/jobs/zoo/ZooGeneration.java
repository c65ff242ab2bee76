package io.gradzoo.jobs.zoo;

import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.code.CodeVersion;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.FileSizes;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.Staging;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableStore;
import java.util.List;
import java.util.Optional;

/**
 * Job: trains, or draws, the networks of a zoo on the executors and publishes them as the members
 * table. Every member is a pure function of (config, member id), so neither partitions nor retries
 * change a row. Runs are staged in batches, so an interrupted job goes on with those that are
 * missing; all rows are audited, and then published at once. Runs that diverge or fail keep their
 * rows; too many of them, and nothing is published.
 */
public final class ZooGeneration implements Job<Zoo> {
  private static final int HASH_LENGTH = 16;

  private final OtherCodePolicy rule;
  private final List<String> reasons;

  /** Replaces a zoo of other code only where the old one is kept as a version. */
  public ZooGeneration() {
    this(OtherCodePolicy.REMAKE);
  }

  /**
   * @param rule what becomes of a zoo that other code made
   */
  public ZooGeneration(OtherCodePolicy rule) {
    this(rule, List.of());
  }

  /**
   * @param reasons why it is made again, which stand with the table
   */
  ZooGeneration(OtherCodePolicy rule, List<String> reasons) {
    this.rule = rule;
    this.reasons = List.copyOf(reasons);
  }

  /**
   * Makes and publishes the zoo of the config.
   *
   * @throws GradzooException exit code 3 if more members failed than {@code zoo.max-failure-share},
   *     the audit finds something wrong, the table cannot be written, a zoo of other code would be
   *     gone, or another command is at work on the zoo
   */
  @Override
  public Zoo run(JobContext context) {
    GradzooConfig config = context.config();
    TableStore store = context.tables();
    ZooConfig zoo = config.zoo();
    long start = System.nanoTime();
    if (zoo.readsImages()) {
      ZooImages.require(zoo, config.seed());
      ZooImages.notes(zoo).forEach(context.progress()::note);
    }
    TableId members = MembersTable.SCHEMA.in(zoo.name());
    store.begin(members);
    if (rule != OtherCodePolicy.REPLACE) {
      requireMadeHere(store, members);
      store.requireReplaceable(members, codeVersion());
    }
    try (Staging staging =
        store.staging(zoo.name(), "members", fingerprint(config), codeVersion())) {
      StagedRuns runs = new StagedRuns(context, staging);
      runs.make();
      MemberAudit audit =
          JobDescription.during(
              store.session(),
              "zoo generate: audit members of " + zoo.name(),
              () -> MemberAudit.of(context, runs.rows()));
      TableProperties properties = properties(config).took((System.nanoTime() - start) * 1e-9);
      JobDescription.during(
          store.session(),
          "zoo generate: write members of " + zoo.name(),
          () ->
              store.write(
                  zoo.name(),
                  MembersTable.SCHEMA,
                  FileSizes.compacted(runs.rows(), audit.bytes()),
                  properties));
      staging.delete();
      return new Zoo(zoo.name(), audit.members(), audit.lost());
    }
  }

  /** Refuses to put a zoo in the place of one that was imported, even where that is kept. */
  private static void requireMadeHere(TableStore store, TableId members) {
    Optional<String> source =
        store.exists(members) ? store.describe(members).properties().source() : Optional.empty();
    source.ifPresent(
        imported -> {
          throw GradzooException.data(
              Fault.of("zoo generate")
                  .at(members)
                  .expected("a zoo that was made here, or none")
                  .found("one of %s", imported)
                  .fix("another zoo.name, or --replace-other-code"));
        });
  }

  /** Identity of the code that members depend on. */
  public static String codeVersion() {
    return CodeVersion.of(ZooGeneration.class);
  }

  /** Hash of everything but code that the rows depend on. */
  private static String fingerprint(GradzooConfig config) {
    ZooConfig zoo = config.zoo();
    String images = zoo.readsImages() ? ZooImages.contentHash(zoo) : "no images";
    String text = config.effective().zooHash() + "/" + images + "/" + MembersTable.SCHEMA.version();
    return ContentHash.of(text).substring(0, HASH_LENGTH);
  }

  private TableProperties properties(GradzooConfig config) {
    TableProperties properties =
        TableProperties.of(config.effective().zooHash(), codeVersion())
            .madeWith(config.effective().json())
            .withRecipe(config.effective().zooSettings());
    if (!reasons.isEmpty()) {
      properties = properties.with("made-again-because", String.join("; ", reasons));
    }
    return config.zoo().readsImages() ? ZooImages.described(config.zoo(), properties) : properties;
  }
}
