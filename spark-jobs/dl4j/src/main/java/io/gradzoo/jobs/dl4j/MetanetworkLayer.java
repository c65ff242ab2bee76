package io.gradzoo.jobs.dl4j;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.run.TrainedModel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A model of this program as DL4J's configuration of an output layer: it reads {@link ExampleRows},
 * has the metanetwork's parameters as one flat vector, the task's own loss, and activations in the
 * unit of the targets. All that it says are texts, so that DL4J can store it as JSON.
 */
public final class MetanetworkLayer extends LossLayer {
  private static final long serialVersionUID = 1;

  @JsonProperty private String config;
  @JsonProperty private String model;
  @JsonProperty private List<String> architectures;
  @JsonProperty private Float targetMean;
  @JsonProperty private Float targetDeviation;
  @JsonProperty private int outputs;

  /** For DL4J, which fills it from JSON. */
  @SuppressWarnings("unused")
  private MetanetworkLayer() {}

  /**
   * The layer of a model.
   *
   * @param rows how examples are laid out
   */
  public MetanetworkLayer(TrainedModel trained, ExampleRows rows) {
    super(new LossLayer.Builder(new LossMSE())); // whose loss is asked for nothing
    TargetStatistics targets = trained.statistics().targets();
    this.config = trained.config().effective().json();
    this.model = trained.model().name();
    this.architectures = rows.architectures().stream().map(Architecture::id).toList();
    this.targetMean = targets == null ? null : targets.mean();
    this.targetDeviation = targets == null ? null : targets.deviation();
    this.outputs = rows.targets();
    setNIn(rows.width());
    setNOut(outputs);
  }

  String config() {
    return config;
  }

  String model() {
    return model;
  }

  List<String> architectures() {
    return architectures;
  }

  /** Of the training split; null where targets are not standardised. */
  Float targetMean() {
    return targetMean;
  }

  Float targetDeviation() {
    return targetDeviation;
  }

  /** Targets of an example. */
  int outputs() {
    return outputs;
  }

  boolean describesSameModel(MetanetworkLayer other) {
    return config.equals(other.config)
        && model.equals(other.model)
        && architectures.equals(other.architectures)
        && Objects.equals(targetMean, other.targetMean)
        && Objects.equals(targetDeviation, other.targetDeviation)
        && outputs == other.outputs;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    EngineLayer layer = new EngineLayer(conf, type, LayerModel.of(this));
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    Map<String, INDArray> table = initializer().init(conf, parameters, initialize);
    layer.setParamTable(table);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return FlatParameters.INSTANCE;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return InputType.feedForward(outputs);
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    // The width of a row is known.
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public boolean isPretrainParam(String name) {
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MetanetworkLayer layer
        && super.equals(layer)
        && describesSameModel(layer);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), config, model, architectures, outputs);
  }
}
