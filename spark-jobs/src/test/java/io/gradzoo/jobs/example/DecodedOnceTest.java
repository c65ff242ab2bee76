package io.gradzoo.jobs.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.SharedSession;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

/** How often rows become examples, as Spark counts it. */
class DecodedOnceTest {
  private static final String TRAINING =
      " training { shards = 3, rounds = 2, steps-per-round = 2, batch-size = 4 } }";

  @TempDir private static Path folder;

  private static JobRun run;

  @BeforeAll
  static void makeZoo() {
    run =
        JobRun.in(
            folder,
            "zoo.runs=16",
            "zoo.architectures=[\"64:dense8:dense10\"]",
            "zoo.epochs=1",
            "zoo.checkpoints=[0, 1]",
            "gradients.probe-samples=6",
            "splits={ train = 0.4, validation = 0.3, test = 0.3 }",
            "models.w={kind=scalegmn, members=mlp,"
                + " scalegmn { width = 4, layers = 1 },"
                + TRAINING,
            "models.g={kind=gradmetanet, members=mlp, gradmetanet { width = 4 }," + TRAINING);
    run.run(new ZooGeneration());
    run.run(new GradientComputation());
  }

  @Test
  void aTrainingOnWeightsDecodesEachOfItsMembersOnceAndNoOther() throws Exception {
    assertThat(decodedBy("w")).isEqualTo(members("w"));
  }

  @Test
  void aTrainingOnGradientsDecodesEachOfItsMembersOnceAndNoOther() throws Exception {
    assertThat(decodedBy("g")).isEqualTo(members("g"));
  }

  /** Members of the training and validation splits. */
  private static long members(String model) {
    MemberSplits splits =
        new TaskExamples(run.store(), run.config(), run.config().requireModel(model)).members();
    assertThat(splits.train().count()).isPositive();
    assertThat(splits.validation().count()).isPositive();
    assertThat(splits.test().count()).isPositive();
    return splits.train().count() + splits.validation().count();
  }

  private static long decodedBy(String model) throws Exception {
    SparkContext spark = SharedSession.get().sparkContext();
    AtomicLong decoded = new AtomicLong();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            for (AccumulableInfo info :
                JavaConverters.seqAsJavaList(end.taskInfo().accumulables().toSeq())) {
              if (info.name().contains(ExampleSource.DECODED)) {
                decoded.addAndGet((Long) info.update().get());
              }
            }
          }
        };
    spark.addSparkListener(listener);
    try {
      run.run(new TrainingJob(model));
      spark.listenerBus().waitUntilEmpty();
    } finally {
      spark.removeSparkListener(listener);
    }
    return decoded.get();
  }
}
