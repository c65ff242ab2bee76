package io.gradzoo.jobs.published;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.not;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.inr.InrLayout;
import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.code.CodeVersion;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.Origin;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Job: reads a folder that has a file for each network, and publishes the networks as the members
 * table. The driver lists the files; executors compute their checksums, then read each from a copy
 * that has its checksum. Every file is a member: one whose weights are not finite has none, and
 * says so.
 */
public final class FilesImport implements Job<ImportedZoo> {
  /** Files that one task reads, at most. */
  private static final int FILES = 1000;

  private final String folder;
  private final Optional<InrLayout> inrs;
  private final Optional<String> splits;
  private final String licence;
  private final OtherCodePolicy rule;

  private FilesImport(
      String folder,
      Optional<InrLayout> inrs,
      Optional<String> splits,
      String licence,
      OtherCodePolicy rule) {
    this.folder = folder;
    this.inrs = inrs;
    this.splits = splits;
    this.licence = licence;
    this.rule = rule;
  }

  /**
   * Imports a folder that has a {@code zoo.json}.
   *
   * @param folder on any file system of Hadoop's
   * @param licence under which it was published, in words
   * @param rule what becomes of a zoo that other code made
   */
  public static FilesImport described(String folder, String licence, OtherCodePolicy rule) {
    return new FilesImport(folder, Optional.empty(), Optional.empty(), licence, rule);
  }

  /**
   * Imports a published zoo of implicit neural representations.
   *
   * @param folder on any file system of Hadoop's
   * @param splits name of a published split file in the folder, if there is one
   * @param licence under which it was published, in words
   * @param rule what becomes of a zoo that other code made
   */
  public static FilesImport inrs(
      String folder,
      InrLayout layout,
      Optional<String> splits,
      String licence,
      OtherCodePolicy rule) {
    return new FilesImport(folder, Optional.of(layout), splits, licence, rule);
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
    TableId members = MembersTable.SCHEMA.in(zoo);
    store.begin(members);
    String code = CodeVersion.of(FilesImport.class);
    if (rule != OtherCodePolicy.REPLACE) {
      store.requireReplaceable(members, code);
    }
    SourceFolder source = new SourceFolder(folder).requireFinished();
    NetworkListing listing = listing(source).checked(Place.of("zoo import", folder));
    List<ImportedNetwork> networks =
        JobDescription.during(
            store.session(), "zoo import: checksums", () -> hashed(context, listing.networks()));
    String lists = lists(source, listing);
    String files = files(networks);
    Origin origin = new Origin(ContentHash.of(listing.kind() + "\n" + lists + files), code);
    Dataset<Row> rows = rows(context, listing, networks, origin);
    TableProperties properties =
        described(TableProperties.of(origin.configHash(), code), listing)
            .with("source-sha256.files", ContentHash.of(files))
            .with("source-sha256.lists", ContentHash.of(lists));
    JobDescription.during(
        store.session(),
        "zoo import: write members of " + zoo,
        () -> store.write(zoo, MembersTable.SCHEMA, rows, properties));
    return imported(context, zoo);
  }

  private NetworkListing listing(SourceFolder source) {
    return inrs.isPresent()
        ? InrListing.of(source, inrs.get(), splits)
        : DescribedListing.of(source);
  }

  /** What {@code sha256sum} prints of the files that list or divide the networks. */
  private static String lists(SourceFolder source, NetworkListing listing) {
    return listing.lists().stream()
        .map(name -> source.checksum(name) + "  " + name + "\n")
        .collect(Collectors.joining());
  }

  /** What {@code sha256sum} prints of the networks' files, sorted. */
  private static String files(List<ImportedNetwork> networks) {
    return networks.stream()
        .map(each -> each.sha256() + "  " + each.listed().path() + "\n")
        .sorted()
        .collect(Collectors.joining());
  }

  private TableProperties described(TableProperties properties, NetworkListing listing) {
    TableProperties described =
        properties
            .importedFrom(
                listing.kind() + " in " + folder,
                inrs.map(InrLayout::images).or(listing.description()::set))
            .with("licence", licence);
    return inrs.isPresent()
        ? described.with("output-offset", Double.toString(InrLayout.OUTPUT_OFFSET))
        : described;
  }

  private Dataset<Row> rows(
      JobContext context, NetworkListing listing, List<ImportedNetwork> networks, Origin origin) {
    NetworkTask task =
        NetworkTask.of(folder, listing.description(), origin, context.config().seed());
    JavaRDD<Row> rows =
        spark(context).parallelize(networks, tasks(networks.size())).mapPartitions(task);
    return context.session().createDataFrame(rows, MembersTable.SCHEMA.columns());
  }

  private List<ImportedNetwork> hashed(JobContext context, List<ListedNetwork> networks) {
    String from = folder;
    return spark(context)
        .parallelize(networks, tasks(networks.size()))
        .mapPartitions(
            listed -> {
              SourceFolder source = new SourceFolder(from);
              List<ImportedNetwork> hashed = new ArrayList<>();
              while (listed.hasNext()) {
                ListedNetwork network = listed.next();
                source.require(network.path(), "put the file into the folder");
                hashed.add(new ImportedNetwork(network, source.checksum(network.path())));
              }
              return hashed.iterator();
            })
        .collect();
  }

  private static JavaSparkContext spark(JobContext context) {
    return new JavaSparkContext(context.session().sparkContext());
  }

  private static int tasks(int files) {
    return Math.max(1, (files + FILES - 1) / FILES);
  }

  private static ImportedZoo imported(JobContext context, String zoo) {
    Dataset<Row> members = context.tables().read(zoo, MembersTable.SCHEMA);
    Row counts =
        members
            .agg(
                countDistinct(col(MembersTable.RUN_ID)), countDistinct(col(MembersTable.MEMBER_ID)))
            .first();
    return ImportedZoo.ofFiles(
        zoo,
        Math.toIntExact(counts.getLong(1)),
        Math.toIntExact(counts.getLong(0)),
        members.where(not(MembersTable.healthy())).count());
  }
}
