package io.gradzoo.jobs.training;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.TrainerChoice;
import io.gradzoo.jobs.config.block.ConfigSpelling;
import io.gradzoo.jobs.run.TrainedModel;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What makes the rounds of a training in place of this program's own averaging: a service of a
 * module that is on the class path only where a config asks for it.
 */
public interface RoundsTrainer {

  /** The choice of {@code training.trainer} that it is. */
  TrainerChoice choice();

  /** The rounds of one training. */
  interface TrainerRounds extends BestOfRounds.Rounds {
    /** Files of its own for the run directory, by name; equal models give equal bytes. */
    SortedMap<String, byte[]> files(TrainedModel trained);
  }

  /**
   * Begins a training.
   *
   * @param untrained the model, with parameters that do not matter
   * @param settings with the number of rounds that will be made
   * @param shards examples by shard, each in the order of their ids
   * @throws GradzooException exit code 2 if the session's settings do not allow it, 3 if it cannot
   *     serve these examples
   */
  TrainerRounds begin(
      JavaSparkContext spark,
      TrainedModel untrained,
      TrainingSettings settings,
      JavaPairRDD<Integer, List<Example>> shards);

  /**
   * The trainer of a choice; none where this program makes the rounds itself.
   *
   * @throws GradzooException exit code 2 if it is not on the class path
   */
  static Optional<RoundsTrainer> of(TrainerChoice choice) {
    if (choice == TrainerChoice.AVERAGING) {
      return Optional.empty();
    }
    for (RoundsTrainer trainer : ServiceLoader.load(RoundsTrainer.class)) {
      if (trainer.choice() == choice) {
        return Optional.of(trainer);
      }
    }
    String name = ConfigSpelling.name(choice);
    throw GradzooException.usage(
        Fault.of("training.trainer = " + name)
            .expected("the module spark-jobs/%s on the class path", name)
            .found("none")
            .fix("run deploy/bin/gradzoo, which adds it, or training.trainer = averaging"));
  }
}
