package io.gradzoo.jobs.published;

import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.network.FolderDescription;
import io.gradzoo.datasets.network.NetworkFormat;
import io.gradzoo.datasets.network.NetworkWriter;
import io.gradzoo.datasets.network.StoredNetwork;
import io.gradzoo.datasets.network.WeightAxes;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Published;
import io.gradzoo.jobs.table.MembersTable.Scores;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes a file for each network, {@code members.csv} and {@code zoo.json}. */
final class NetworkFilesWriter implements ExportWriter {
  private static final String NETWORKS = "networks/";
  private static final String COLUMNS =
      "file,member_id,run_id,epoch,architecture,activation,initializer,initializer_scale,"
          + "optimizer,learning_rate,l2,dropout,train_fraction,batch_size,seed,train_loss,"
          + "train_accuracy,test_loss,test_accuracy,psnr,image_id,label,published_split\n";

  private final ExportFolder folder;
  private final NetworkFormat format;
  private final OutputStream members;

  /**
   * Writes what stands before the first member.
   *
   * @param images name of the image set that the members read; empty if there is none
   */
  NetworkFilesWriter(ExportFolder folder, NetworkFormat format, String images) throws IOException {
    this.folder = folder;
    this.format = format;
    FolderDescription description = FolderDescription.of(format, "").on(images);
    try (OutputStream out = folder.open(FolderDescription.FILE)) {
      out.write(description.json().getBytes(StandardCharsets.UTF_8));
    }
    this.members = folder.open(DescribedListing.MEMBERS);
    members.write(COLUMNS.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void write(MemberRow member, float[] parameters) throws IOException {
    String name = NETWORKS + member.memberId() + format.suffix();
    LayeredArchitecture architecture = LayeredArchitecture.parse(member.run().architecture());
    try (OutputStream out = folder.open(name)) {
      NetworkWriter.write(format, StoredNetwork.of("", tensors(architecture, parameters)), out);
    }
    members.write(line(name, member).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    members.close();
  }

  private static List<FloatTensor> tensors(LayeredArchitecture architecture, float[] parameters) {
    List<FloatTensor> tensors = new ArrayList<>();
    for (AffineLayer layer : architecture.affineLayers()) {
      int weight = layer.weightOffset();
      int bias = layer.biasOffset();
      tensors.add(
          new FloatTensor(
              NetworkWeights.shape(layer, WeightAxes.TORCH),
              Arrays.copyOfRange(parameters, weight, weight + layer.weightCount())));
      tensors.add(FloatTensor.of(Arrays.copyOfRange(parameters, bias, bias + layer.out())));
    }
    return tensors;
  }

  private static String line(String file, MemberRow member) {
    Hyperparameters drawn = member.run().hyperparameters();
    Scores scores = member.scores();
    Published said = member.published();
    return CsvLine.of(
        file,
        member.memberId(),
        member.run().runId(),
        member.epoch(),
        member.run().architecture(),
        drawn.activation(),
        drawn.initializer(),
        drawn.initializerScale(),
        drawn.optimizer(),
        drawn.learningRate(),
        drawn.l2(),
        drawn.dropout(),
        drawn.trainFraction(),
        drawn.batchSize(),
        drawn.seed(),
        scores.trainLoss(),
        scores.trainAccuracy(),
        scores.testLoss(),
        scores.testAccuracy(),
        scores.psnr(),
        said.imageId(),
        said.label(),
        said.split());
  }
}
