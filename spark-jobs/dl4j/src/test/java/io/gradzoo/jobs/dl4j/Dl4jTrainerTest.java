package io.gradzoo.jobs.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.example.TrainingExamples;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.testing.JobRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings whose rounds DL4J makes, and the runs that they publish. */
class Dl4jTrainerTest {
  @TempDir Path folder;

  @Test
  void aRunIsEvaluatedAndReadByDl4jLikeAnyOther() throws IOException {
    JobRun job = SmallZoo.in(folder, ", outer { optimizer = nesterov }");

    assertThat(job.said(new TrainingJob("m"))).contains("train m: 3/3 rounds");

    RunDirectory run = job.directory("m");
    assertThat(job.printed(new EvaluationJob(run))).contains("m");
    assertThat(run.rounds()).hasSize(3).allMatch(round -> Double.isFinite(round.trainLoss()));
    JobContext context = job.context();
    TrainedModel trained = TrainedModel.load(run, context);
    ComputationGraph restored =
        ModelSerializer.restoreComputationGraph(
            new ByteArrayInputStream(run.read(Dl4jRounds.FILE)), false);
    assertThat(restored.params().toFloatVector()).isEqualTo(trained.parameters());
    try (TrainingExamples training =
        new TaskExamples(context.tables(), context.config(), trained.model()).training()) {
      List<Example> test = training.sets().collect(Split.VALIDATION);
      float[] expected = new float[test.size()];
      List<Prediction> predicted =
          trained.predict(context.session(), training.sets(), Split.VALIDATION);
      for (int i = 0; i < expected.length; i++) {
        expected[i] = (float) predicted.get(i).predicted();
      }
      assertThat(
              restored
                  .outputSingle(
                      ExampleRows.fitting(trained.architectures(), test)
                          .dataSet(test)
                          .getFeatures())
                  .toFloatVector())
          .isEqualTo(expected);
    }
  }

  @Test
  void aSessionWithKryoIsRefused() {
    assertThatThrownBy(
            () -> Dl4jTrainer.requireJavaSerializer("org.apache.spark.serializer.KryoSerializer"))
        .hasMessage(
            "spark.serializer: expected Java's, with training.trainer = dl4j, found"
                + " org.apache.spark.serializer.KryoSerializer (fix: leave the setting out, or"
                + " training.trainer = averaging)")
        .extracting("exitCode")
        .isEqualTo(ExitCode.USAGE);
  }
}
