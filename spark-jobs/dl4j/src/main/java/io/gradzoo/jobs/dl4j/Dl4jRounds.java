package io.gradzoo.jobs.dl4j;

import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.engine.training.VisitingOrder;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.training.RoundsTrainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import scala.Tuple2;

/**
 * Rounds that DL4J Spark makes: each is one run of its {@link ParameterAveragingTrainingMaster}
 * with a worker for each shard and one average. A worker sees the examples in this program's order,
 * in minibatches that are always full. The average counts every shard that has examples alike and
 * adds in the order of arrival; the loss is that of the last minibatches.
 */
final class Dl4jRounds implements RoundsTrainer.TrainerRounds {
  /** The trained model in the run directory, as DL4J's {@code ModelSerializer} reads it. */
  static final String FILE = "dl4j.zip";

  private final JavaSparkContext spark;
  private final ComputationGraphConfiguration configuration;
  private final ExampleRows rows;
  private final TrainingSettings settings;
  private final long seed;
  private final JavaPairRDD<Integer, List<Example>> shards;

  /**
   * @param untrained the model, with parameters that do not matter
   * @param rows that every example fits into
   * @param shards examples by shard, a partition each, in the order of their ids
   */
  Dl4jRounds(
      JavaSparkContext spark,
      TrainedModel untrained,
      ExampleRows rows,
      TrainingSettings settings,
      JavaPairRDD<Integer, List<Example>> shards) {
    this.spark = spark;
    this.configuration = MetanetworkGraph.configuration(untrained, rows, settings);
    this.rows = rows;
    this.settings = settings;
    this.seed = untrained.config().seed();
    this.shards = shards;
  }

  @Override
  public BestOfRounds.Round run(TrainingState start, int steps) {
    ComputationGraph graph = MetanetworkGraph.with(configuration.clone(), start.parameterValues());
    if (start.momentVectors() > 0) {
      float[] moments =
          Arrays.copyOfRange(start.vector(), start.parameters(), start.vector().length);
      graph
          .getUpdater()
          .setStateViewArray(Nd4j.createFromArray(moments).reshape(1, moments.length));
    }
    SparkComputationGraph onSpark =
        new SparkComputationGraph(spark, graph, master(start.steps(), steps));
    onSpark.fitMultiDataSet(minibatches(start.steps(), steps));
    TrainingState next = start.next(steps, state(graph, start), List.of());
    requireFinite(next.vector(), onSpark.getScore(), next.steps());
    return new BestOfRounds.Round(next, onSpark.getScore(), List.of());
  }

  @Override
  public SortedMap<String, byte[]> files(TrainedModel trained) {
    ComputationGraph graph = MetanetworkGraph.with(configuration.clone(), trained.parameters());
    return new TreeMap<>(Map.of(FILE, MetanetworkGraph.file(graph)));
  }

  private ParameterAveragingTrainingMaster master(long before, int steps) {
    return new ParameterAveragingTrainingMaster.Builder(settings.shards(), settings.batchSize())
        .batchSizePerWorker(settings.batchSize())
        .averagingFrequency(steps)
        .repartionData(Repartition.Never)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .storageLevel(null)
        .workerPrefetchNumBatches(0)
        .saveUpdater(true)
        .trainingHooks(new StepCount(Math.toIntExact(before)))
        .rngSeed(seed)
        .build();
  }

  /** Never cached: DL4J's arrays do not survive it. */
  private JavaRDD<MultiDataSet> minibatches(long step, int steps) {
    return shards.flatMap(cut(rows, seed, settings.batchSize(), step, steps));
  }

  private static FlatMapFunction<Tuple2<Integer, List<Example>>, MultiDataSet> cut(
      ExampleRows rows, long seed, int batch, long first, int steps) {
    return shard -> {
      List<Example> examples = shard._2();
      if (examples.isEmpty()) {
        return List.<MultiDataSet>of().iterator();
      }
      VisitingOrder order = new VisitingOrder(seed, shard._1(), examples.size());
      Iterator<MultiDataSet> minibatches =
          IntStream.range(0, steps)
              .mapToObj(step -> order.visits((first + step) * batch, batch))
              .map(visits -> rows.dataSet(chosen(examples, visits)).toMultiDataSet())
              .iterator();
      return minibatches;
    };
  }

  private static List<Example> chosen(List<Example> examples, int[] visits) {
    List<Example> minibatch = new ArrayList<>(visits.length);
    for (int visit : visits) {
      minibatch.add(examples.get(visit));
    }
    return minibatch;
  }

  private static float[] state(ComputationGraph graph, TrainingState start) {
    float[] parameters = NdArrays.values(graph.params());
    float[] vector = Arrays.copyOf(parameters, start.vector().length);
    INDArray moments = graph.getUpdater().getStateViewArray();
    if (start.momentVectors() > 0) {
      float[] values = NdArrays.values(moments);
      System.arraycopy(values, 0, vector, parameters.length, values.length);
    }
    return vector;
  }

  private static void requireFinite(float[] vector, double loss, long steps) {
    boolean finite = Double.isFinite(loss);
    for (float value : vector) {
      finite &= Float.isFinite(value);
    }
    if (!finite) {
      throw new ArithmeticException("training diverged by step %d".formatted(steps));
    }
  }
}
