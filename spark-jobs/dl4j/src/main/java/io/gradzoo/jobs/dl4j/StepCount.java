package io.gradzoo.jobs.dl4j;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Tells the workers of a round how many steps were made before it, for learning rates and Adam's
 * correction of its moments: DL4J's own workers count from 0 after every average.
 */
final class StepCount implements TrainingHook {
  private static final long serialVersionUID = 1;

  private final int before;

  /**
   * @param before steps of all earlier rounds
   */
  StepCount(int before) {
    this.before = before;
  }

  @Override
  public void preUpdate(MultiDataSet minibatch, Model model) {
    ComputationGraphConfiguration graph = ((ComputationGraph) model).getConfiguration();
    if (graph.getIterationCount() < before) {
      graph.setIterationCount(before + graph.getIterationCount());
    }
  }

  @Override
  public void preUpdate(DataSet minibatch, Model model) {
    throw new UnsupportedOperationException("rounds are of MultiDataSets");
  }

  @Override
  public void postUpdate(MultiDataSet minibatch, Model model) {
    // The count goes on by itself.
  }

  @Override
  public void postUpdate(DataSet minibatch, Model model) {
    // Likewise.
  }
}
