package io.gradzoo.jobs.gradients;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.code.CodeVersion;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.config.GradientsConfig;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.device.DeviceChoice;
import io.gradzoo.jobs.device.DeviceSettings;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.family.registry.BuiltInGradients;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.session.Sessions;
import io.gradzoo.jobs.table.FileSizes;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.Staging;
import io.gradzoo.jobs.table.StoredWeights;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.zoo.ZooImages;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Job: takes the gradient sets of every healthy member and publishes probe sets, factors, moments
 * and, last, the sets themselves, whose presence shows that the others are complete. Sets are
 * staged in batches of members, so an interrupted job goes on with the members that are missing.
 */
public final class GradientComputation implements Job<GradientSets> {
  private static final int HASH_LENGTH = 16;

  private final OtherCodePolicy rule;

  /** Goes on with staged batches of this code only. */
  public GradientComputation() {
    this(OtherCodePolicy.REMAKE);
  }

  /**
   * @param rule what becomes of gradient sets that other code took
   */
  public GradientComputation(OtherCodePolicy rule) {
    this.rule = rule;
  }

  /**
   * Computes and publishes the gradient sets of the config's zoo.
   *
   * @throws GradzooException exit code 2 if the sets would not fit into memory or into rows, 3 if
   *     the zoo's members are missing or unreadable, or were trained on other images, a table
   *     cannot be written, sets of other code would be gone, or another process computes gradient
   *     sets of the zoo
   */
  @Override
  public GradientSets run(JobContext context) {
    long start = System.nanoTime();
    GradzooConfig config = context.config();
    String zoo = config.zoo().name();
    TableProperties properties =
        context.tables().describe(MembersTable.SCHEMA.in(zoo)).properties();
    ZooConfig read = ZooImages.of(config.zoo(), properties);
    Probes probes = probes(config, read);
    OtherCode.noteMembers(context, zoo);
    boolean onImages = config.gradients().probe() == GradientsConfig.Probe.IMAGES;
    if (onImages) {
      ZooImages.requireSame(read, properties);
    }
    GradientPlan plan = GradientPlan.of(config, probes, codeVersion(context, zoo));
    Dataset<Row> members = members(context);
    List<Row> keys =
        members
            .select(
                MembersTable.MEMBER_ID, MembersTable.PARAMETERS_SHA256, MembersTable.ARCHITECTURE)
            .orderBy(MembersTable.MEMBER_ID)
            .collectAsList();
    SortedMap<String, Long> architectures = byArchitecture(keys);
    if (onImages) {
      ZooImages.requireReadable(
          read,
          config.seed(),
          keys.stream().map(MemberRow::of).map(StoredWeights::architecture).distinct().toList());
    }
    StorageEstimate estimate = StorageEstimate.of(plan, architectures);
    estimate.lines().forEach(context.progress()::announce);
    estimate.requireRoom(
        Sessions.executorMemory(context.session()), Sessions.executorTasks(context.session()));
    noteDevices(context, plan.device(), keys);
    for (GradientTable table : GradientTable.values()) {
      if (plan.fills(table)) {
        begin(context, table.schema().in(zoo), plan.codeVersion());
      }
    }
    try (Staging staging =
        context.tables().staging(zoo, "gradients", fingerprint(plan, keys), plan.codeVersion())) {
      goOn(context, staging);
      GradientPlan continued = plan.by(staging.code());
      new UnchangedSets(context, continued).stage(members, staging);
      new StagedSets(context, continued, staging).take(members, keys);
      int excluded = publish(context, continued, staging, estimate, start);
      staging.delete();
      return new GradientSets(zoo, estimate.members(), excluded, config.gradients().unservable());
    }
  }

  /**
   * Members that the sets of a zoo leave out, by the properties of their table; 0 of older ones.
   */
  public static int excluded(TableProperties sets) {
    String count = sets.more().getOrDefault(Exclusion.COUNT, "0");
    return count.matches("\\d{1,9}") ? Integer.parseInt(count) : 0;
  }

  /** Identity of the code that gradient sets of the members that stand in a zoo depend on. */
  public static String codeVersion(JobContext context, String zoo) {
    String members =
        context.tables().describe(MembersTable.SCHEMA.in(zoo)).properties().codeVersion();
    return CodeVersion.of(GradientComputation.class, List.of(members));
  }

  /** Says what is not taken on the device that was asked for; elsewhere executors tell it. */
  private static void noteDevices(JobContext context, DeviceSettings device, List<Row> keys) {
    if (device.choice() == DeviceChoice.CPU) {
      return;
    }
    if (context.session().sparkContext().isLocal()) {
      device
          .standIn()
          .ifPresent(reason -> context.progress().note("gradients compute: on the CPU: " + reason));
    }
    long others =
        keys.stream()
            .map(MemberRow::of)
            .map(StoredWeights::architecture)
            .distinct()
            .filter(architecture -> BuiltInGradients.of(architecture).onDevices().isEmpty())
            .count();
    if (others > 0) {
      context
          .progress()
          .note(
              "gradients compute: no device takes gradients of transformers: CPU cores take those"
                  + " of %d architectures".formatted(others));
    }
  }

  private void begin(JobContext context, TableId table, String code) {
    context.tables().begin(table);
    if (rule != OtherCodePolicy.REPLACE) {
      context.tables().requireReplaceable(table, code);
    }
  }

  /** Says what becomes of batches that this computation would not have staged itself. */
  private void goOn(JobContext context, Staging staging) {
    if (staging.discarded() > 0) {
      note(context, staging.discarded(), "other settings or members, discarded");
    }
    int others = staging.batchesOfOtherCode();
    if (others > 0 && rule == OtherCodePolicy.REUSE && staging.reuseOtherCode()) {
      note(context, staging.batches().size(), "other code than this, reused");
    } else if (others > 0) {
      note(
          context,
          others,
          "other code than this, discarded when the sets are complete"
              + " (--reuse-other-code goes on with them)");
    }
  }

  private static void note(JobContext context, int batches, String of) {
    context.progress().note("gradients compute: %d staged batches of %s".formatted(batches, of));
  }

  private static Probes probes(GradzooConfig config, ZooConfig zoo) {
    GradientsConfig gradients = config.gradients();
    if (gradients.probe() == GradientsConfig.Probe.POINTS) {
      return new Probes.Drawn(config.seed(), gradients.probeSamples(), gradients.targetSamples());
    }
    ImageSet.Division images = ZooImages.divided(zoo, config.seed());
    return new Probes.Shared(
        ProbeSet.images(zoo.images(), images, gradients.probeSamples(), config.seed()));
  }

  private static Dataset<Row> members(JobContext context) {
    GradzooConfig config = context.config();
    Column selected =
        BuiltInFamilies.ALL.all().stream()
            .filter(config.gradients().members()::includes)
            .map(MemberFamily::rows)
            .reduce(Column::or)
            .orElseThrow();
    return context
        .tables()
        .read(config.zoo().name(), MembersTable.SCHEMA)
        .where(MembersTable.healthy())
        .where(selected);
  }

  private static SortedMap<String, Long> byArchitecture(List<Row> keys) {
    SortedMap<String, Long> counts = new TreeMap<>();
    keys.stream()
        .map(MemberRow::of)
        .forEach(key -> counts.merge(StoredWeights.architecture(key).id(), 1L, Long::sum));
    return counts;
  }

  /** Hash of everything but code that the sets depend on, the members' weights included. */
  private static String fingerprint(GradientPlan plan, List<Row> keys) {
    StringBuilder text = new StringBuilder(plan.configHash());
    for (GradientTable table : GradientTable.values()) {
      text.append('/').append(table.schema().version());
    }
    keys.forEach(key -> text.append('\n').append(key));
    return ContentHash.of(text.toString()).substring(0, HASH_LENGTH);
  }

  /** Returns how many members were left out. */
  private static int publish(
      JobContext context,
      GradientPlan plan,
      Staging staging,
      StorageEstimate estimate,
      long start) {
    int members = Math.toIntExact(estimate.members());
    Dataset<Row> staged = staging.rows(GradientTable.stagedColumns());
    List<Exclusion> excluded = Exclusion.of(GradientTable.SETS.select(staged));
    requireComplete(
        Exclusion.without(GradientTable.SETS.select(staged)),
        members - excluded.size(),
        plan.probes().sizes().size());
    excluded.forEach(one -> context.progress().note("gradients compute: excluded " + one.why()));
    for (GradientTable table : GradientTable.values()) {
      if (!plan.fills(table)) {
        continue;
      }
      Dataset<Row> rows = table.select(staged);
      if (table == GradientTable.SETS) {
        rows = Exclusion.without(rows);
      }
      if (table == GradientTable.PROBES && plan.probes() instanceof Probes.Shared shared) {
        rows =
            context
                .session()
                .createDataset(
                    List.of(shared.set().row().toRow()), Encoders.row(table.schema().columns()));
      }
      rows = FileSizes.compacted(rows, estimate.tables().getOrDefault(table, 0L));
      List<TableSchema> parts = table == GradientTable.SETS ? parts(plan) : List.of();
      write(context, table, rows, parts, plan, excluded.size(), start);
    }
    return excluded.size();
  }

  private static List<TableSchema> parts(GradientPlan plan) {
    return Arrays.stream(GradientTable.values())
        .filter(table -> table != GradientTable.SETS && plan.fills(table))
        .map(GradientTable::schema)
        .toList();
  }

  private static void requireComplete(Dataset<Row> sets, int members, int setsOfEach) {
    long rows = sets.count();
    long found = sets.select(GradientSetsTable.MEMBER_ID).distinct().count();
    if (found != members || rows != (long) members * setsOfEach) {
      throw GradzooException.data(
          Fault.of("gradients compute")
              .expected("%d staged sets of %d members", (long) members * setsOfEach, members)
              .found("%d of %d", rows, found)
              .fix("run it again"));
    }
  }

  private static void write(
      JobContext context,
      GradientTable table,
      Dataset<Row> rows,
      List<TableSchema> parts,
      GradientPlan plan,
      int excluded,
      long start) {
    String zoo = context.config().zoo().name();
    TableProperties properties =
        TableProperties.of(plan.configHash(), plan.codeVersion())
            .madeWith(context.config().effective().json())
            .ofMembers(context.tables().version(MembersTable.SCHEMA.in(zoo)))
            .with(UnchangedSets.HOW, plan.how())
            .with(Exclusion.COUNT, Integer.toString(excluded))
            .took((System.nanoTime() - start) * 1e-9);
    JobDescription.during(
        context.session(),
        "gradients compute: write " + table.schema().name() + " of " + zoo,
        () -> context.tables().writeWhole(zoo, table.schema(), rows, properties, parts));
  }
}
