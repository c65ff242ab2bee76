package io.gradzoo.jobs.published;

import static org.apache.spark.sql.functions.not;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.NpyRows;
import io.gradzoo.datasets.smallcnn.ZooLayout;
import io.gradzoo.datasets.smallcnn.ZooMetrics;
import io.gradzoo.datasets.smallcnn.ZooMetricsRow;
import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.code.CodeVersion;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.FileSizes;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.Origin;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Job: reads the files of a small CNN zoo, as they are published, and publishes its networks as the
 * members table. The weights are read by the executors in ranges of rows; the driver reads the
 * metrics, and the bytes of all files once for their checksums. Every row of the files is a member:
 * one whose weights are not finite has none, and says so.
 */
public final class ZooImport implements Job<ImportedZoo> {
  /** Weights that one task reads. */
  private static final long RANGE_BYTES = 64L << 20;

  private final String folder;
  private final String licence;
  private final OtherCodePolicy rule;

  /**
   * @param folder of the zoo's files, on any file system of Hadoop's
   * @param licence under which they were published, in words
   * @param rule what becomes of a zoo that other code made
   */
  public ZooImport(String folder, String licence, OtherCodePolicy rule) {
    this.folder = folder;
    this.licence = licence;
    this.rule = rule;
  }

  /**
   * Reads and publishes the zoo under the config's {@code zoo.name}.
   *
   * @throws io.gradzoo.datasets.DataException if a file is missing or damaged, or they do not
   *     belong together
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if the table cannot be written, or a zoo
   *     of other code would be gone
   */
  @Override
  public ImportedZoo run(JobContext context) {
    TableStore store = context.tables();
    String zoo = context.config().zoo().name();
    ZooFolder source = new ZooFolder(folder);
    TableId members = MembersTable.SCHEMA.in(zoo);
    store.begin(members);
    String code = CodeVersion.of(ZooImport.class);
    if (rule != OtherCodePolicy.REPLACE) {
      store.requireReplaceable(members, code);
    }
    ZooLayout layout = layout(source);
    ReadMetrics metrics = metrics(source, layout);
    List<ImportedRun> runs = metrics.runs();
    requireWeights(source, layout, runs.size());
    Map<String, String> checksums = source.checksums();
    Origin origin = new Origin(ContentHash.of(checksums.toString()), code);
    Dataset<Row> rows = rows(context, layout, runs, origin);
    long bytes = (long) runs.size() * layout.size() * Float.BYTES;
    TableProperties properties =
        described(TableProperties.of(origin.configHash(), code), checksums);
    JobDescription.during(
        store.session(),
        "zoo import: write members of " + zoo,
        () -> store.write(zoo, MembersTable.SCHEMA, FileSizes.compacted(rows, bytes), properties));
    return imported(context, zoo, metrics);
  }

  private TableProperties described(TableProperties properties, Map<String, String> checksums) {
    TableProperties described =
        properties.with("source", "small CNN zoo in " + folder).with("licence", licence);
    for (Map.Entry<String, String> file : checksums.entrySet()) {
      described = described.with("source-sha256." + file.getKey(), file.getValue());
    }
    return described;
  }

  private static ZooLayout layout(ZooFolder source) {
    Place place = source.place(ZooFolder.LAYOUT);
    try (InputStream in = source.text(ZooFolder.LAYOUT)) {
      return ZooLayout.read(place, in);
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  private static ReadMetrics metrics(ZooFolder source, ZooLayout layout) {
    Place place = source.place(source.metrics());
    List<ZooMetricsRow> rows = new ArrayList<>();
    List<String> architectures = new ArrayList<>();
    try (InputStream in = source.text(source.metrics())) {
      ZooMetrics metrics = new ZooMetrics(place, in);
      for (Optional<ZooMetricsRow> row = metrics.next(); row.isPresent(); row = metrics.next()) {
        rows.add(row.get());
        architectures.add(PublishedNetwork.of(metrics.here(), row.get(), layout).id());
      }
    } catch (IOException e) {
      throw place.unreadable(e);
    }
    RunNames names = new RunNames(rows);
    List<ImportedRun> runs = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      ZooMetricsRow row = rows.get(i);
      runs.add(
          new ImportedRun(names.member(row), names.run(row), architectures.get(i).intern(), row));
    }
    long steps = rows.stream().mapToLong(ZooMetricsRow::step).distinct().count();
    return new ReadMetrics(runs, names, steps);
  }

  /** The metrics of all networks. */
  private record ReadMetrics(List<ImportedRun> runs, RunNames names, long steps) {}

  private static void requireWeights(ZooFolder source, ZooLayout layout, int networks) {
    try (NpyRows weights = source.weights()) {
      if (weights.rows() != networks || weights.rowSize() != layout.size()) {
        throw source
            .place(ZooFolder.WEIGHTS)
            .fault(
                networks + "×" + layout.size() + " numbers, by metrics and layout",
                weights.rows() + "×" + weights.rowSize(),
                "fetch all three files again");
      }
    }
  }

  private Dataset<Row> rows(
      JobContext context, ZooLayout layout, List<ImportedRun> runs, Origin origin) {
    long rowBytes = (long) layout.size() * Float.BYTES;
    int most = (int) Math.max(1, Math.min(RANGE_BYTES / rowBytes, 1 << 20));
    List<ImportedRuns> ranges = ImportedRuns.cut(runs, most, context.config().seed());
    JavaSparkContext spark = new JavaSparkContext(context.session().sparkContext());
    return context
        .session()
        .createDataFrame(
            spark
                .parallelize(ranges, Math.max(1, ranges.size()))
                .flatMap(new RangeTask(folder, layout.order(), origin)),
            MembersTable.SCHEMA.columns());
  }

  private static ImportedZoo imported(JobContext context, String zoo, ReadMetrics metrics) {
    long lost =
        context.tables().read(zoo, MembersTable.SCHEMA).where(not(MembersTable.healthy())).count();
    return new ImportedZoo(
        zoo,
        metrics.runs().size(),
        metrics.names().count(),
        metrics.steps(),
        metrics.names().repeated(),
        lost);
  }
}
