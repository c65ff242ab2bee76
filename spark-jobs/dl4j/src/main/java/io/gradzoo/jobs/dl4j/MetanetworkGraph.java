package io.gradzoo.jobs.dl4j;

import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.jobs.run.TrainedModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/** Graphs of DL4J with one layer, a {@link MetanetworkLayer}. */
public final class MetanetworkGraph {
  private static final String INPUT = "networks";
  private static final String LAYER = "metanetwork";

  private MetanetworkGraph() {}

  /**
   * The configuration of a graph that is trained as a model of this program is: its update rule,
   * learning rates, weight decay and clipping.
   *
   * @param rows how examples are laid out
   * @param settings of the training
   */
  public static ComputationGraphConfiguration configuration(
      TrainedModel model, ExampleRows rows, TrainingSettings settings) {
    MetanetworkLayer layer = new MetanetworkLayer(model, rows);
    if (settings.weightDecay() > 0) { // of the graph, DL4J 1.0.0-M2.1 would apply it twice
      layer.setRegularization(List.of(new WeightDecay(settings.weightDecay(), true)));
    }
    return new NeuralNetConfiguration.Builder()
        .seed(model.config().seed())
        .dataType(DataType.FLOAT)
        .trainingWorkspaceMode(WorkspaceMode.NONE)
        .inferenceWorkspaceMode(WorkspaceMode.NONE)
        .updater(updater(settings))
        .gradientNormalization(GradientNormalization.ClipL2PerLayer)
        .gradientNormalizationThreshold(settings.clipNorm())
        .graphBuilder()
        .addInputs(INPUT)
        .addLayer(LAYER, layer, INPUT)
        .setOutputs(LAYER)
        .build();
  }

  /** A graph with the model's parameters, ready to train, predict or evaluate. */
  public static ComputationGraph of(
      TrainedModel model, ExampleRows rows, TrainingSettings settings) {
    return with(configuration(model, rows, settings), model.parameters());
  }

  /** A graph of a configuration with parameters. */
  static ComputationGraph with(ComputationGraphConfiguration configuration, float[] parameters) {
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init(Nd4j.createFromArray(parameters).reshape(1, parameters.length), false);
    return graph;
  }

  /**
   * The file that {@link ModelSerializer} writes of a graph and restores, without its updater.
   * Equal graphs give equal bytes: its entries have no times.
   */
  public static byte[] file(ComputationGraph graph) {
    ByteArrayOutputStream timed = new ByteArrayOutputStream();
    ByteArrayOutputStream timeless = new ByteArrayOutputStream();
    try {
      ModelSerializer.writeModel(graph, timed, false);
      try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(timed.toByteArray()));
          ZipOutputStream out = new ZipOutputStream(timeless)) {
        for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
          ZipEntry copy = new ZipEntry(entry.getName());
          copy.setTime(0);
          out.putNextEntry(copy);
          in.transferTo(out);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return timeless.toByteArray();
  }

  /** AdamW is Adam, whose decay DL4J applies to the parameters and not to the gradient. */
  private static IUpdater updater(TrainingSettings settings) {
    RateSchedule rates = new RateSchedule(settings);
    return settings.optimizer() == OptimizerKind.SGD ? new Sgd(rates) : new Adam(rates);
  }
}
