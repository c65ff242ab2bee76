package io.gradzoo.jobs.published;

import static org.apache.spark.sql.functions.not;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
  private final String folder;
  private final Optional<String> splits;
  private final String licence;
  private final OtherCodePolicy rule;

  /**
   * @param folder of the zoo's files, on any file system of Hadoop's
   * @param splits name of a published list of rows in the folder, which divides the networks at the
   *     last step; if there is one
   * @param licence under which they were published, in words
   * @param rule what becomes of a zoo that other code made
   */
  public ZooImport(String folder, Optional<String> splits, String licence, OtherCodePolicy rule) {
    this.folder = folder;
    this.splits = splits;
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
    FileVersion weights = source.weightsVersion();
    ZooContents contents = ZooContents.read(source, splits);
    Map<String, String> checksums = checksums(source);
    Origin origin = new Origin(ContentHash.of(checksums.toString()), code);
    RangeTask task = new RangeTask(folder, weights, contents.layout().order(), origin);
    Dataset<Row> rows = rows(context, contents.ranges(context.config().seed()), task);
    long bytes = (long) contents.runs().size() * contents.layout().size() * Float.BYTES;
    TableProperties properties =
        described(TableProperties.of(origin.configHash(), code), contents.images(), checksums);
    JobDescription.during(
        store.session(),
        "zoo import: write members of " + zoo,
        () -> store.write(zoo, MembersTable.SCHEMA, FileSizes.compacted(rows, bytes), properties));
    return imported(context, zoo, contents);
  }

  private TableProperties described(
      TableProperties properties, Optional<String> images, Map<String, String> checksums) {
    TableProperties described =
        properties.importedFrom("small CNN zoo in " + folder, images).with("licence", licence);
    for (Map.Entry<String, String> file : checksums.entrySet()) {
      described = described.with("source-sha256." + file.getKey(), file.getValue());
    }
    return described;
  }

  private Map<String, String> checksums(ZooFolder source) {
    Map<String, String> checksums = new TreeMap<>();
    List.of(ZooFolder.WEIGHTS, source.metrics(), ZooFolder.LAYOUT)
        .forEach(name -> checksums.put(name, source.checksum(name)));
    splits.ifPresent(name -> checksums.put(name, source.checksum(name)));
    return checksums;
  }

  private static Dataset<Row> rows(JobContext context, List<ImportedRuns> ranges, RangeTask task) {
    JavaSparkContext spark = new JavaSparkContext(context.session().sparkContext());
    return context
        .session()
        .createDataFrame(
            spark.parallelize(ranges, Math.max(1, ranges.size())).flatMap(task),
            MembersTable.SCHEMA.columns());
  }

  private static ImportedZoo imported(JobContext context, String zoo, ZooContents contents) {
    long lost =
        context.tables().read(zoo, MembersTable.SCHEMA).where(not(MembersTable.healthy())).count();
    return new ImportedZoo(
        zoo,
        contents.runs().size(),
        contents.names().count(),
        contents.steps(),
        contents.names().repeated(),
        lost);
  }
}
