package io.gradzoo.jobs.dl4j;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.TaskStatistics;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * A small ScaleGMN of a config, untrained, and made-up examples in shards.
 *
 * @param shards examples by shard
 */
record SmallModel(TrainedModel model, List<List<Example>> shards) {
  private static final LayeredArchitecture NETWORK =
      LayeredArchitecture.parse("relu:64:dense4:dense10");

  /**
   * @param training keys of its training block beside rounds of three steps of four examples
   * @param sizes examples of each shard
   */
  static SmallModel of(String training, int... sizes) {
    GradzooConfig config =
        JobRun.in(
                Path.of("target"),
                "zoo.architectures=[\"64:dense4:dense10\"]",
                "models.m={kind=scalegmn, members=mlp, activations=relu,"
                    + " scalegmn { width = 4, layers = 1 }, training { trainer = dl4j,"
                    + " rounds = 2, steps-per-round = 3, batch-size = 4, warmup-steps = 0,"
                    + " learning-rate = 0.05, shards = %d, %s } }"
                        .formatted(sizes.length, training))
            .config();
    ModelConfig model = config.requireModel("m");
    MetanetworkSpec spec = model.spec(List.of(NETWORK));
    TrainedModel untrained =
        new TrainedModel(
            config,
            model,
            List.of(NETWORK),
            spec,
            spec.build().layout().initialize(9),
            TaskStatistics.NONE,
            Optional.empty(),
            "",
            Optional.empty());
    return new SmallModel(untrained, examples(sizes));
  }

  private static List<List<Example>> examples(int... sizes) {
    SplittableRandom random = new SplittableRandom(3);
    List<List<Example>> shards = new ArrayList<>();
    for (int shard = 0; shard < sizes.length; shard++) {
      List<Example> examples = new ArrayList<>();
      for (int i = 0; i < sizes[shard]; i++) {
        float[] weights = new float[NETWORK.parameterCount()];
        for (int k = 0; k < weights.length; k++) {
          weights[k] = (float) (random.nextDouble() - 0.5);
        }
        String id = "s%d-%02d".formatted(shard, i);
        ExampleParts parts = ExampleParts.ofWeights(weights);
        examples.add(new Example(id, NETWORK, parts, random.nextDouble()));
      }
      shards.add(examples);
    }
    return shards;
  }

  /** How it is trained. */
  TrainingSettings settings() {
    return model.model().training();
  }

  /** Where training begins. */
  TrainingState initial() {
    return TrainingState.initial(model.parameters(), settings());
  }

  long seed() {
    return model.config().seed();
  }

  /** All examples, shard by shard. */
  List<Example> all() {
    return shards.stream().flatMap(List::stream).toList();
  }

  ExampleRows rows() {
    return ExampleRows.fitting(model.architectures(), all());
  }

  Workspace workspace() {
    return predictor().workspace();
  }

  Predictor predictor() {
    ModelConfig block = model.model();
    return Predictor.of(block.task(), block.outputUnit(), model.spec(), null);
  }

  /** Rounds that DL4J makes of its shards. */
  Dl4jRounds rounds() {
    List<Tuple2<Integer, List<Example>>> keyed = new ArrayList<>();
    for (int shard = 0; shard < shards.size(); shard++) {
      keyed.add(new Tuple2<>(shard, shards.get(shard)));
    }
    JavaPairRDD<Integer, List<Example>> rdd = spark().parallelizePairs(keyed, shards.size());
    return new Dl4jRounds(spark(), model, rows(), settings(), rdd);
  }

  static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
  }
}
