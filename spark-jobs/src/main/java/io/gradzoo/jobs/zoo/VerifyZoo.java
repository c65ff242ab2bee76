package io.gradzoo.jobs.zoo;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sort_array;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.StoredWeights;
import io.gradzoo.jobs.table.TableProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Job: whether the members of a zoo are what its table says: weights and hashes of all, losses and
 * accuracies of a sample, computed again on the images that they were tested on, or the PSNR of
 * those that represent images. Of classifiers in the sample it counts dead neurons, too.
 */
public final class VerifyZoo implements Job<VerifiedZoo> {
  private final Optional<String> zoo;
  private final int sample;

  /**
   * @param zoo its name; empty for the config's
   * @param sample how many members' accuracies are computed again
   * @throws GradzooException exit code 2 if that is not positive
   */
  public VerifyZoo(Optional<String> zoo, int sample) {
    if (sample <= 0) {
      throw GradzooException.usage(
          Fault.of("zoo verify").at("--sample").expected("a positive number").found(sample));
    }
    this.zoo = zoo;
    this.sample = sample;
  }

  /**
   * Verifies; what is wrong is a fault of the result.
   *
   * @throws GradzooException exit code 2 if the config's images are not those that the members
   *     read, 3 if the zoo is missing or unreadable, or was trained on other images
   */
  @Override
  public VerifiedZoo run(JobContext context) {
    String name = zoo.orElse(context.config().zoo().name());
    return JobDescription.during(
        context.session(), "zoo verify " + name, () -> verify(context, name));
  }

  private VerifiedZoo verify(JobContext context, String name) {
    TableProperties properties =
        context.tables().describe(MembersTable.SCHEMA.in(name)).properties();
    Dataset<Row> rows = context.tables().read(name, MembersTable.SCHEMA);
    SortedMap<String, Counted> counts = counts(rows);
    Optional<ZooTestImages> images = images(context, properties, rows);
    List<Architecture> all = counts.values().stream().map(Counted::architecture).toList();
    images.ifPresent(of -> ZooImages.requireReadable(of.zoo(), of.seed(), all));
    Optional<ZooConfig> represented =
        images.isPresent() ? Optional.empty() : represented(context, properties, rows);
    List<MemberChecks.Looked> looked =
        new MemberChecks(context.config().seed(), images, represented).look(rows, sample);
    List<Fault> problems = new ArrayList<>();
    looked.stream().flatMap(each -> Stream.ofNullable(each.problem())).forEach(problems::add);
    problems.addAll(duplicates(rows));
    return new VerifiedZoo(
        name,
        rows.count(),
        images.map(ZooTestImages::zoo).or(() -> represented).map(ZooConfig::images),
        looked.stream().filter(MemberChecks.Looked::sampled).count(),
        looked.stream().flatMap(each -> Stream.ofNullable(each.psnr())).sorted().toList(),
        architectures(counts, looked),
        problems);
  }

  /** How many members have an architecture. */
  private record Counted(Architecture architecture, long members) {}

  private static SortedMap<String, Counted> counts(Dataset<Row> rows) {
    SortedMap<String, Counted> counts = new TreeMap<>();
    for (Row row :
        rows.groupBy(MembersTable.ARCHITECTURE)
            .agg(
                min(col(MembersTable.MEMBER_ID)).as(MembersTable.MEMBER_ID),
                count(lit(1)).as("members"))
            .collectAsList()) {
      Architecture architecture = StoredWeights.architecture(MemberRow.of(row));
      counts.put(architecture.id(), new Counted(architecture, row.<Long>getAs("members")));
    }
    return counts;
  }

  private static List<ArchitectureGauge> architectures(
      SortedMap<String, Counted> counts, List<MemberChecks.Looked> looked) {
    List<ArchitectureGauge> architectures = new ArrayList<>();
    counts.forEach(
        (text, counted) -> {
          List<MemberChecks.Looked> own =
              looked.stream()
                  .filter(each -> each.sampled() && each.architecture().equals(text))
                  .toList();
          long dead = own.stream().mapToLong(MemberChecks.Looked::dead).sum();
          architectures.add(
              ArchitectureGauge.of(counted.architecture, counted.members, own.size(), dead));
        });
    return architectures;
  }

  /** The images of the members, by what the table says, or else the config; none without scores. */
  private static Optional<ZooTestImages> images(
      JobContext context, TableProperties properties, Dataset<Row> rows) {
    boolean scores = any(rows, MembersTable.TEST_LOSS);
    ZooTestImages images =
        ZooSettings.of(properties)
            .map(settings -> settings.images(context.config()))
            .orElseGet(
                () ->
                    new ZooTestImages(
                        ZooImages.of(context.config().zoo(), properties), context.config().seed()));
    if (!scores || !images.zoo().hasImages()) {
      return Optional.empty();
    }
    ZooImages.requireSame(images.zoo(), properties);
    return Optional.of(images);
  }

  /**
   * The zoo whose images the members represent, if some do and the images are at hand: those that
   * the table's PSNR was computed on, or those of the config, if they are the published ones.
   */
  private static Optional<ZooConfig> represented(
      JobContext context, TableProperties properties, Dataset<Row> rows) {
    boolean measured = any(rows, MembersTable.PSNR);
    if (!measured && !any(rows, MembersTable.IMAGE_ID)) {
      return Optional.empty();
    }
    ZooConfig here = context.config().zoo();
    ZooConfig zoo =
        ZooSettings.of(properties)
            .map(settings -> settings.images(context.config()).zoo())
            .orElseGet(() -> ZooImages.of(here, properties));
    if (!zoo.hasImages() || (!measured && !zoo.images().equals(here.images()))) {
      return Optional.empty();
    }
    ZooImages.requireSame(zoo, properties);
    return Optional.of(zoo);
  }

  private static boolean any(Dataset<Row> rows, String column) {
    return !rows.where(col(column).isNotNull()).limit(1).collectAsList().isEmpty();
  }

  /** Trained networks of different runs that have equal weights. */
  private static List<Fault> duplicates(Dataset<Row> rows) {
    return rows
        .where(MembersTable.healthy().and(coalesce(col(MembersTable.EPOCH), lit(1)).gt(0)))
        .groupBy(MembersTable.PARAMETERS_SHA256)
        .agg(
            sort_array(collect_list(col(MembersTable.MEMBER_ID))).as("members"),
            countDistinct(col(MembersTable.RUN_ID)).as("runs"))
        .where(col("runs").gt(1))
        .select("members")
        .collectAsList()
        .stream()
        .map(row -> row.<String>getList(0))
        .map(
            equal ->
                Fault.here()
                    .at("member " + equal.get(0))
                    .expected("weights of its own")
                    .found("those of %s, too", equal.get(1)))
        .toList();
  }
}
