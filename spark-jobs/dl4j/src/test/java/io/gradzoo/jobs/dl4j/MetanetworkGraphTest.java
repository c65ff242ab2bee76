package io.gradzoo.jobs.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Workspace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** A metanetwork in a network of DL4J on this machine. */
class MetanetworkGraphTest {
  private final SmallModel small =
      SmallModel.of("optimizer = adamw, weight-decay = 0.01, rounds = 20", 16);
  private final ComputationGraph graph =
      MetanetworkGraph.of(small.model(), small.rows(), small.settings());
  private final DataSet all = small.rows().dataSet(small.all());

  @Test
  void predictsWhatTheEngineDoesAndHasItsLoss() {
    Workspace workspace = small.workspace();
    workspace.load(small.model().parameters());
    double loss =
        workspace.evaluate(small.all()).stream()
            .mapToDouble(Workspace.EvaluatedExample::loss)
            .average()
            .orElseThrow();

    INDArray predicted = graph.outputSingle(all.getFeatures());

    assertThat(predicted.shape()).containsExactly(16, 1);
    assertThat(predicted.toFloatVector()).isEqualTo(workspace.predict(small.all()));
    assertThat(graph.score(all)).isCloseTo(loss, within(1e-6));
    assertThat(graph.scoreExamples(all, false).sumNumber().doubleValue() / 16)
        .isCloseTo(loss, within(1e-6));
  }

  @Test
  void trainsWithListenersAndIsEvaluatedByDl4j() {
    CollectScoresIterationListener scores = new CollectScoresIterationListener(1);
    graph.setListeners(scores);
    double before = graph.score(all);

    graph.fit(new ListDataSetIterator<>(all.asList(), 8), 20);
    RegressionEvaluation evaluation =
        graph.evaluateRegression(new ListDataSetIterator<>(all.asList(), 8));

    assertThat(scores.getScoreVsIter().getEffectiveScores()).hasSize(40);
    assertThat(graph.score(all)).isLessThan(before);
    assertThat(evaluation.averageMeanSquaredError()).isCloseTo(graph.score(all), within(1e-6));
  }

  @Test
  void isStoredAndRestoredByDl4jAndGoesOn() throws IOException {
    byte[] file = MetanetworkGraph.file(graph);

    ComputationGraph restored =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(file), false);

    assertThat(MetanetworkGraph.file(graph)).as("equal bytes").isEqualTo(file);
    assertThat(restored.getConfiguration().toJson()).isEqualTo(graph.getConfiguration().toJson());
    assertThat(restored.params()).isEqualTo(graph.params());
    assertThat(restored.outputSingle(all.getFeatures()))
        .isEqualTo(graph.outputSingle(all.getFeatures()));
    restored.fit(all);
    graph.fit(all);
    assertThat(restored.params()).isEqualTo(graph.params());
  }

  @Test
  void startsFromTheEnginesOwnParametersWhereNoneAreGiven() {
    ComputationGraph fresh =
        new ComputationGraph(
            MetanetworkGraph.configuration(small.model(), small.rows(), small.settings()));
    fresh.init();

    assertThat(fresh.params().toFloatVector())
        .isEqualTo(small.model().spec().build().layout().initialize(small.seed()));
  }

  @Test
  void parametersAndGradientsAreArraysOfNd4j() {
    Workspace workspace = small.workspace();
    workspace.load(small.model().parameters());
    INDArray parameters = NdArrays.parameters(small.model());
    Map<String, INDArray> named = NdArrays.named(small.model().spec().build().layout(), parameters);

    INDArray gradient = NdArrays.gradient(workspace, small.all(), 0);
    graph.setInputs(all.getFeatures());
    graph.setLabels(all.getLabels());
    graph.computeGradientAndScore();

    assertThat(gradient.toFloatVector())
        .usingComparatorWithPrecision(1e-7f)
        .containsExactly(graph.getFlattenedGradients().div(16).toFloatVector());
    assertThat(named.values().stream().mapToLong(INDArray::length).sum())
        .isEqualTo(parameters.length());
    named.values().iterator().next().putScalar(0, 7f);
    assertThat(parameters.getFloat(0)).as("views, not copies").isEqualTo(7f);
  }

  @Test
  void examplesWithOtherCountsOfTargetsAreRefused() {
    Example one = small.all().get(0);
    Example two = new Example("two", one.architecture(), one.input(), new double[] {0.1, 0.2});

    assertThatThrownBy(() -> ExampleRows.fitting(small.model().architectures(), List.of(one, two)))
        .hasMessageContaining("expected examples with one number of targets, found 1 and 2");
  }
}
