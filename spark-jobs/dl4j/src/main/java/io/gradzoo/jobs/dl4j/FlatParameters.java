package io.gradzoo.jobs.dl4j;

import io.gradzoo.engine.tensor.ParameterLayout;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The parameters of a {@link MetanetworkLayer}: one flat vector, all of it weights to DL4J. */
final class FlatParameters implements ParamInitializer {
  static final FlatParameters INSTANCE = new FlatParameters();

  /** Its name in DL4J. */
  static final String NAME = "parameters";

  private FlatParameters() {}

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return model(layer).layout().size();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return List.of(NAME);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(NAME);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return NAME.equals(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return false;
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray view, boolean initialize) {
    conf.addVariable(NAME);
    if (initialize) {
      LayerModel model = model(conf.getLayer());
      ParameterLayout layout = model.layout();
      view.assign(Nd4j.createFromArray(layout.initialize(model.seed())).reshape(view.shape()));
    }
    return Map.of(NAME, view);
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray view) {
    return Map.of(NAME, view);
  }

  private static LayerModel model(Layer layer) {
    return LayerModel.of((MetanetworkLayer) layer);
  }
}
