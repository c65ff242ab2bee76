package io.gradzoo.jobs.dl4j;

import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.inference.WorkspacePool;
import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.LossLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A metanetwork at work in a network of DL4J: forward and backward pass and loss are the engine's,
 * the parameters and their gradient views of DL4J's flat vectors. As DL4J expects of an output
 * layer, the gradient is that of the sum over the minibatch, by which the updater divides.
 */
final class EngineLayer extends LossLayer {
  private static final long serialVersionUID = 1;

  private final transient LayerModel model;
  private transient double lossOfStep = Double.NaN;

  EngineLayer(NeuralNetConfiguration conf, DataType type, LayerModel model) {
    super(conf, type);
    this.model = model;
  }

  /** The predictions, [examples, targets]. */
  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr manager) {
    List<Example> examples = examples(null);
    float[][] predicted = with(workspace -> workspace.predictAll(examples));
    return manager.leverageTo(ArrayType.ACTIVATIONS, Nd4j.createFromArray(predicted));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr manager) {
    List<Example> minibatch = examples(labels);
    long draw = ExampleRows.draw(model.seed(), getIterationCount(), input);
    Workspace.SummedLoss summed = with(workspace -> workspace.differentiate(minibatch, draw));
    INDArray view = gradientViews.get(FlatParameters.NAME);
    view.assign(Nd4j.createFromArray(summed.gradient()).reshape(view.shape()));
    lossOfStep = summed.loss();
    Gradient gradients = new DefaultGradient();
    gradients.setGradientFor(FlatParameters.NAME, view);
    return new Pair<>(gradients, null);
  }

  /** The mean loss: of a step, that from before its update. */
  @Override
  public double computeScore(double regularization, boolean training, LayerWorkspaceMgr manager) {
    double loss = training && !Double.isNaN(lossOfStep) ? lossOfStep : sum(losses());
    score = loss / getInputMiniBatchSize() + regularization;
    return score;
  }

  @Override
  public INDArray computeScoreForExamples(double regularization, LayerWorkspaceMgr manager) {
    INDArray scores = Nd4j.createFromArray(losses()).reshape(-1, 1).addi(regularization);
    return manager.leverageTo(ArrayType.ACTIVATIONS, scores);
  }

  @Override
  public void setInput(INDArray rows, LayerWorkspaceMgr manager) {
    super.setInput(rows, manager);
    lossOfStep = Double.NaN;
  }

  @Override
  public void setLabels(INDArray targets) {
    super.setLabels(targets);
    lossOfStep = Double.NaN;
  }

  @Override
  public INDArray params() {
    return paramsFlattened;
  }

  /** Forgets its input; the targets are their owner's, to be used again. */
  @Override
  public void clear() {
    setLabels(null);
    super.clear();
  }

  private double[] losses() {
    List<Example> examples = examples(labels);
    return with(workspace -> workspace.evaluate(examples)).stream()
        .mapToDouble(Workspace.EvaluatedExample::loss)
        .toArray();
  }

  private static double sum(double[] losses) {
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum;
  }

  private List<Example> examples(INDArray targets) {
    int outputs = ((MetanetworkLayer) (Object) layerConf()).outputs();
    return ExampleRows.read(model.architectures(), input, targets, outputs);
  }

  private <T> T with(Function<Workspace, T> work) {
    float[] values = NdArrays.values(paramsFlattened);
    return WorkspacePool.with(
        model.predictor(),
        workspace -> {
          workspace.load(values);
          return work.apply(workspace);
        });
  }
}
