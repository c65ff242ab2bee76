package io.gradzoo.jobs.dl4j;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.fault.FaultException;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.TrainerChoice;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.training.RoundsTrainer;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** {@code training.trainer = dl4j}: DL4J Spark's parameter averaging makes the rounds. */
public final class Dl4jTrainer implements RoundsTrainer {
  private static final String SERIALIZER = "spark.serializer";

  @Override
  public TrainerChoice choice() {
    return TrainerChoice.DL4J;
  }

  @Override
  public TrainerRounds begin(
      JavaSparkContext spark,
      TrainedModel untrained,
      TrainingSettings settings,
      JavaPairRDD<Integer, List<Example>> shards) {
    requireJavaSerializer(spark.getConf().get(SERIALIZER, ""));
    return new Dl4jRounds(
        spark, untrained, rows(untrained.architectures(), shards), settings, shards);
  }

  private static ExampleRows rows(
      List<Architecture> architectures, JavaPairRDD<Integer, List<Example>> shards) {
    List<ExampleRows> all =
        shards
            .values()
            .flatMap(
                shard ->
                    shard.stream()
                        .map(example -> ExampleRows.fitting(architectures, List.of(example)))
                        .distinct()
                        .iterator())
            .collect();
    try {
      return all.stream().reduce(ExampleRows::and).orElseThrow();
    } catch (FaultException e) {
      throw GradzooException.data(e.faults().get(0), e);
    }
  }

  /** ND4J's arrays do not pass through Kryo. */
  static void requireJavaSerializer(String serializer) {
    if (serializer.endsWith("KryoSerializer")) {
      throw GradzooException.usage(
          Fault.of(SERIALIZER)
              .expected("Java's, with training.trainer = dl4j")
              .found(serializer)
              .fix("leave the setting out, or training.trainer = averaging"));
    }
  }
}
