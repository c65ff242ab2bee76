package io.gradzoo.jobs.published;

import io.gradzoo.datasets.smallcnn.ZooLayout;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the files of a small CNN zoo. */
final class SmallCnnWriter implements ExportWriter {
  private final ExportedMetrics metrics;
  private final OutputStream weights;
  private final OutputStream text;
  private final WeightWriter writer;
  private long index;

  /**
   * Writes what stands before the first member.
   *
   * @param members count of them
   */
  SmallCnnWriter(ExportFolder folder, ExportedMetrics metrics, ZooLayout layout, long members)
      throws IOException {
    this.metrics = metrics;
    try (OutputStream out = folder.open(ZooFolder.LAYOUT)) {
      out.write(layout.csv().getBytes(StandardCharsets.UTF_8));
    }
    this.weights = folder.open(ZooFolder.WEIGHTS);
    this.text = folder.open(ZooFolder.METRICS);
    this.writer = new WeightWriter(weights, members, layout.order());
    text.write(metrics.header().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void write(MemberRow member, float[] parameters) throws IOException {
    if (member.epoch() == null || member.run().hyperparameters().seed() == null) {
      throw GradzooException.data(
          Fault.of("zoo export")
              .at("member " + member.memberId())
              .expected("an epoch and a seed, which small CNN zoos have")
              .found("none")
              .fix("export it as npz or safetensors"));
    }
    writer.write(parameters);
    text.write(metrics.line(index++, member).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    weights.close();
    text.close();
  }
}
