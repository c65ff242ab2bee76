package io.gradzoo.jobs.gradients;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.jobs.CodeVersion;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.SparkProgress;
import io.gradzoo.jobs.config.GradientsConfig;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.MemberFamily;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.zoo.ZooImages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * Job: takes the gradient set of every healthy member on one probe set, and publishes probe set,
 * factors, moments and, last, the sets themselves, whose presence says that the others are
 * complete.
 */
public final class GradientComputation implements Job {

  /**
   * Computes and publishes the gradient sets of the config's zoo.
   *
   * @throws GradzooException exit code 3 if the zoo's members are missing or unreadable, or a table
   *     cannot be written
   */
  @Override
  public void run(JobContext context) {
    GradzooConfig config = context.config();
    long start = System.nanoTime();
    Probes probes = probes(config);
    SignalRule rule = rule(config.gradients());
    Dataset<Row> members = members(context);
    long count = members.count();
    int perTask = config.gradients().membersPerTask();
    int tasks = (int) Math.max(1, (count + perTask - 1) / perTask);
    Dataset<Row> spread = members.repartition(tasks, col(MembersTable.MEMBER_ID));
    String hash = config.effective().gradientsHash();
    LongAccumulator done = context.session().sparkContext().longAccumulator("gradient sets");
    List<GradientTable> tables = new ArrayList<>(List.of(GradientTable.values()));
    if (probes instanceof Probes.Shared shared) {
      tables.remove(GradientTable.PROBES);
      write(context, ProbeSetsTable.SCHEMA, probeRow(context, shared.set()), hash, start);
    }
    try (Progress.Task task =
        context
            .progress()
            .start(
                "gradients compute",
                "gradient sets in " + tables.size() + " tables",
                tables.size() * count)) {
      for (GradientTable table : tables) {
        GradientTask work =
            new GradientTask(table, probes, rule, hash, CodeVersion.current(), done);
        Dataset<Row> rows = spread.mapPartitions(work, Encoders.row(table.schema().columns()));
        SparkProgress.during(
            task,
            done,
            () -> {
              write(context, table.schema(), rows, hash, start);
              return null;
            });
      }
    }
  }

  private static Probes probes(GradzooConfig config) {
    GradientsConfig gradients = config.gradients();
    if (gradients.probe() == GradientsConfig.Probe.POINTS) {
      return new Probes.Drawn(config.seed(), gradients.probeSamples(), gradients.targetSamples());
    }
    ZooConfig zoo = config.zoo();
    ImageSet test = ZooImages.divided(zoo, config.seed()).test();
    return new Probes.Shared(
        ProbeSet.images(zoo.images(), test, gradients.probeSamples(), config.seed()));
  }

  private static SignalRule rule(GradientsConfig gradients) {
    return new SignalRule(gradients.signal(), gradients.loss(), gradients.output());
  }

  private static Dataset<Row> members(JobContext context) {
    GradzooConfig config = context.config();
    Object[] families =
        Arrays.stream(MemberFamily.values())
            .filter(config.gradients().members()::includes)
            .map(MemberFamily::id)
            .toArray();
    return context
        .tables()
        .read(config.zoo().name(), MembersTable.SCHEMA)
        .where(col(MembersTable.STATUS).equalTo(lit("ok")))
        .where(col(MembersTable.FAMILY).isin(families));
  }

  private static void write(
      JobContext context, TableSchema schema, Dataset<Row> rows, String hash, long start) {
    String zoo = context.config().zoo().name();
    TableProperties properties =
        TableProperties.of(hash)
            .with("config", context.config().effective().json())
            .took((System.nanoTime() - start) * 1e-9);
    JobDescription.during(
        context.session(),
        "gradients compute: write " + schema.name() + " of " + zoo,
        () -> context.tables().write(zoo, schema, rows, properties));
  }

  private static Dataset<Row> probeRow(JobContext context, ProbeSet probe) {
    return context
        .session()
        .createDataset(List.of(probe.row()), Encoders.row(ProbeSetsTable.SCHEMA.columns()));
  }

  /** Takes the gradient sets of one partition's members, as rows of one table. */
  private record GradientTask(
      GradientTable table,
      Probes probes,
      SignalRule rule,
      String configHash,
      String codeVersion,
      LongAccumulator done)
      implements MapPartitionsFunction<Row, Row> {
    @Override
    public Iterator<Row> call(Iterator<Row> members) {
      GradientRows rows = new GradientRows(probes, rule, configHash, codeVersion);
      Iterable<Row> all = () -> members;
      return StreamSupport.stream(all.spliterator(), false)
          .flatMap(
              member -> {
                List<Row> ofMember = table.rows(rows, member);
                done.add(1);
                return ofMember.stream();
              })
          .iterator();
    }
  }
}
