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
import io.gradzoo.engine.network.Samples;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.StoredWeights;
import io.gradzoo.jobs.table.TableProperties;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Job: whether the members of a zoo are what its table says: weights and hashes of all, losses and
 * accuracies of a sample, computed again on the images that they were tested on. Of the sample it
 * counts dead neurons, too.
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
    images.ifPresent(of -> requireReadable(of, name, counts.values()));
    List<MemberChecks.Looked> looked =
        new MemberChecks(context.config().seed(), images).look(rows, sample);
    List<Fault> problems = new ArrayList<>();
    looked.stream().flatMap(each -> Stream.ofNullable(each.problem())).forEach(problems::add);
    problems.addAll(duplicates(rows));
    return new VerifiedZoo(
        name,
        rows.count(),
        images.map(of -> of.zoo().images()),
        looked.stream().filter(MemberChecks.Looked::sampled).count(),
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
    boolean scores =
        !rows.where(col(MembersTable.TEST_LOSS).isNotNull()).limit(1).collectAsList().isEmpty();
    ZooTestImages images =
        ZooSettings.of(properties)
            .map(settings -> settings.images(context.config()))
            .orElseGet(() -> new ZooTestImages(context.config().zoo(), context.config().seed()));
    if (!scores || !images.zoo().hasImages()) {
      return Optional.empty();
    }
    ZooImages.requireSame(images.zoo(), properties);
    return Optional.of(images);
  }

  private static void requireReadable(
      ZooTestImages images, String name, Collection<Counted> members) {
    Samples test = images.samples();
    for (Counted counted : members) {
      try {
        BuiltInFamilies.of(counted.architecture)
            .requireTrainable(
                counted.architecture, images.zoo().images(), test.shape(), test.classes());
      } catch (IllegalArgumentException e) {
        throw GradzooException.usage(
            Fault.of("zoo verify")
                .at("zoo.images")
                .expected("the images that the members of %s were tested on", name)
                .because(e)
                .fix("--set zoo.images=… names others, none leaves accuracies out"));
      }
    }
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
