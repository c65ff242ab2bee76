package io.gradzoo.jobs.dl4j;

import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.run.TrainedModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Parameters and gradients of metanetworks as ND4J arrays. The engine computes on the heap and ND4J
 * outside it, so flat vectors are copied, once; named parameters are views of the copy.
 */
public final class NdArrays {
  private NdArrays() {}

  /**
   * The parameters of a model.
   *
   * @return [parameters]
   */
  public static INDArray parameters(TrainedModel model) {
    return Nd4j.createFromArray(model.parameters());
  }

  /**
   * The gradient of the mean loss of some examples by the parameters.
   *
   * @param workspace loaded with parameters
   * @param draw decides all that is drawn at random: dropout, and what the loss draws
   * @return [parameters]
   */
  public static INDArray gradient(Workspace workspace, List<Example> examples, long draw) {
    return Nd4j.createFromArray(workspace.differentiate(examples, draw).gradient())
        .divi(examples.size());
  }

  /**
   * Views of a flat vector, by the names of the parameters.
   *
   * @param flat [parameters]
   * @return each of its parameter's shape
   */
  public static Map<String, INDArray> named(ParameterLayout layout, INDArray flat) {
    Map<String, INDArray> views = new LinkedHashMap<>();
    for (Parameter parameter : layout.parameters()) {
      long[] shape = parameter.shape().stream().mapToLong(Integer::longValue).toArray();
      long end = parameter.offset() + (long) parameter.size();
      views.put(
          parameter.name(),
          flat.get(NDArrayIndex.interval(parameter.offset(), end)).reshape('c', shape));
    }
    return views;
  }

  /** The numbers of a vector, on the heap. */
  static float[] values(INDArray vector) {
    return vector.reshape(vector.length()).toFloatVector();
  }
}
