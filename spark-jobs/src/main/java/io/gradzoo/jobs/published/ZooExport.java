package io.gradzoo.jobs.published;

import static org.apache.spark.sql.functions.col;

import io.gradzoo.datasets.smallcnn.ZooLayer;
import io.gradzoo.datasets.smallcnn.ZooLayout;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.StoredWeights;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Job: writes the healthy members of a zoo of networks of dense layers and convolutions into a new
 * folder: as a small CNN zoo, if they differ in their activation at most, or as a file for each
 * network. {@link ZooImport} or {@link FilesImport} reads them back bit by bit.
 */
public final class ZooExport implements Job<ExportedZoo> {
  private final String folder;
  private final ExportFormat format;

  /**
   * @param folder that the files go to; it must not exist
   */
  public ZooExport(String folder, ExportFormat format) {
    this.folder = folder;
    this.format = format;
  }

  /**
   * Writes the config's zoo.
   *
   * @throws GradzooException exit code 3 if the folder exists or cannot be written, the zoo is
   *     missing, or the format cannot hold its networks
   */
  @Override
  public ExportedZoo run(JobContext context) {
    String zoo = context.config().zoo().name();
    Dataset<Row> members = context.tables().read(zoo, MembersTable.SCHEMA);
    Dataset<Row> healthy = members.where(MembersTable.healthy());
    List<LayeredArchitecture> architectures =
        healthy
            .select(MembersTable.ARCHITECTURE)
            .distinct()
            .orderBy("architecture")
            .collectAsList()
            .stream()
            .map(row -> layered(zoo, row.getString(0)))
            .toList();
    long count = healthy.count();
    try (ExportFolder target = ExportFolder.create(folder)) {
      try (ExportWriter writer = writer(context, target, architectures, count)) {
        Iterator<Row> rows =
            healthy
                .orderBy(
                    col(MembersTable.RUN_ID), col(MembersTable.EPOCH), col(MembersTable.MEMBER_ID))
                .toLocalIterator();
        while (rows.hasNext()) {
          MemberRow member = MemberRow.of(rows.next());
          writer.write(member, StoredWeights.of(member));
        }
      }
      target.complete();
    } catch (IOException e) {
      throw GradzooException.data(
          Fault.of("zoo export")
              .at(folder)
              .expected("a folder that can be written")
              .found(e.getMessage())
              .fix("check the place and its permissions"),
          e);
    }
    return new ExportedZoo(folder, count, members.count() - count);
  }

  private ExportWriter writer(
      JobContext context, ExportFolder target, List<LayeredArchitecture> architectures, long count)
      throws IOException {
    String zoo = context.config().zoo().name();
    String images =
        context
            .tables()
            .describe(MembersTable.SCHEMA.in(zoo))
            .properties()
            .images()
            .orElse(context.config().zoo().images());
    return format.files().isPresent()
        ? new NetworkFilesWriter(
            target, format.files().get(), images.equals(ZooConfig.NO_IMAGES) ? "" : images)
        : new SmallCnnWriter(
            target, new ExportedMetrics(images), layout(zoo, architectures), count);
  }

  private static ZooLayout layout(String zoo, List<LayeredArchitecture> architectures) {
    List<ZooLayout> layouts =
        architectures.stream()
            .map(each -> new ZooLayout(each.affineLayers().stream().map(ZooExport::layer).toList()))
            .distinct()
            .toList();
    if (layouts.size() != 1) {
      throw GradzooException.data(
          Fault.of("zoo export")
              .at(zoo)
              .expected("healthy networks that differ in their activation at most")
              .found("%d kinds of layers", layouts.size())
              .fix("export it as npz or safetensors"));
    }
    return layouts.get(0);
  }

  private static LayeredArchitecture layered(String zoo, String text) {
    Architecture parsed = Architectures.parse(text);
    if (!(parsed instanceof LayeredArchitecture architecture)) {
      throw GradzooException.data(
          Fault.of("zoo export")
              .at(zoo)
              .expected("networks of dense layers and convolutions")
              .found(text)
              .fix("export another zoo"));
    }
    return architecture;
  }

  private static ZooLayer layer(AffineLayer layer) {
    return new ZooLayer(
        layer.convolution()
            ? List.of(layer.kernel(), layer.kernel(), layer.in(), layer.out())
            : List.of(layer.in(), layer.out()));
  }
}
