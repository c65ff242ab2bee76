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
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.StoredWeights;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Job: writes the healthy members of a zoo, whose networks differ in their activation at most, as
 * the files of a small CNN zoo. {@link ZooImport} reads them back bit by bit. The folder appears
 * whole or not at all.
 */
public final class ZooExport implements Job {
  private static final int BUFFER = 1 << 20;

  private final String folder;

  /**
   * @param folder that the files go to; it must not exist
   */
  public ZooExport(String folder) {
    this.folder = folder;
  }

  /**
   * Writes the config's zoo.
   *
   * @throws GradzooException exit code 3 if the folder exists or cannot be written, the zoo is
   *     missing, or its networks have different layers
   */
  @Override
  public void run(JobContext context) {
    String zoo = context.config().zoo().name();
    Dataset<Row> members = context.tables().read(zoo, MembersTable.SCHEMA);
    Dataset<Row> healthy = members.where(MembersTable.healthy());
    List<Row> architectures =
        healthy
            .select(MembersTable.ARCHITECTURE)
            .distinct()
            .orderBy("architecture")
            .collectAsList();
    ZooLayout layout = layout(zoo, architectures);
    long count = healthy.count();
    try {
      Path target = new Path(folder);
      FileSystem files = target.getFileSystem(ZooFolder.hadoop());
      if (files.exists(target)) {
        throw GradzooException.data(
            Fault.of("zoo export")
                .at(target)
                .expected("a new folder")
                .found("something that is there")
                .fix("name another, or move it away"));
      }
      write(
          files,
          target,
          healthy,
          new ExportedMetrics(context.config().zoo().images()),
          layout,
          count);
    } catch (IOException e) {
      throw GradzooException.data(
          Fault.of("zoo export")
              .at(folder)
              .expected("a folder that can be written")
              .found(e.getMessage())
              .fix("check the place and its permissions"),
          e);
    }
    context
        .out()
        .printf(
            Locale.ROOT,
            "networks in %s: %,d; left out, without weights: %,d%n",
            folder,
            count,
            members.count() - count);
  }

  private static void write(
      FileSystem files,
      Path target,
      Dataset<Row> members,
      ExportedMetrics metrics,
      ZooLayout layout,
      long count)
      throws IOException {
    Path part = new Path(target.getParent(), "." + target.getName() + "-" + UUID.randomUUID());
    try {
      try (OutputStream text = files.create(new Path(part, ZooFolder.LAYOUT), false)) {
        text.write(layout.csv().getBytes(StandardCharsets.UTF_8));
      }
      Iterator<Row> rows =
          members
              .orderBy(
                  col(MembersTable.RUN_ID), col(MembersTable.EPOCH), col(MembersTable.MEMBER_ID))
              .toLocalIterator();
      try (OutputStream weights = open(files, part, ZooFolder.WEIGHTS);
          OutputStream text = open(files, part, ZooFolder.METRICS)) {
        WeightWriter writer = new WeightWriter(weights, count, layout.order());
        text.write(metrics.header().getBytes(StandardCharsets.UTF_8));
        for (long index = 0; rows.hasNext(); index++) {
          MemberRow member = MemberRow.of(rows.next());
          writer.write(StoredWeights.of(member));
          text.write(metrics.line(index, member).getBytes(StandardCharsets.UTF_8));
        }
      }
      if (!files.rename(part, target)) {
        throw new IOException("cannot be renamed from " + part);
      }
    } finally {
      files.delete(part, true);
    }
  }

  private static OutputStream open(FileSystem files, Path folder, String name) throws IOException {
    return new BufferedOutputStream(files.create(new Path(folder, name), false), BUFFER);
  }

  private static ZooLayout layout(String zoo, List<Row> architectures) {
    List<ZooLayout> layouts =
        architectures.stream().map(row -> layout(zoo, row.getString(0))).distinct().toList();
    if (layouts.size() != 1) {
      throw GradzooException.data(
          Fault.of("zoo export")
              .at(zoo)
              .expected("healthy networks that differ in their activation at most")
              .found("%d kinds of layers", layouts.size())
              .fix("export a zoo of one architecture"));
    }
    return layouts.get(0);
  }

  private static ZooLayout layout(String zoo, String text) {
    Architecture parsed = Architectures.parse(text);
    if (!(parsed instanceof LayeredArchitecture architecture)) {
      throw GradzooException.data(
          Fault.of("zoo export")
              .at(zoo)
              .expected("networks of dense layers and convolutions")
              .found(text)
              .fix("export another zoo"));
    }
    return new ZooLayout(architecture.affineLayers().stream().map(ZooExport::layer).toList());
  }

  private static ZooLayer layer(AffineLayer layer) {
    return new ZooLayer(
        layer.convolution()
            ? List.of(layer.kernel(), layer.kernel(), layer.in(), layer.out())
            : List.of(layer.in(), layer.out()));
  }
}
