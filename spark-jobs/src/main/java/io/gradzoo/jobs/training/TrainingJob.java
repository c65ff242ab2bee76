package io.gradzoo.jobs.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.gradmetanet.NeuronStatistics;
import io.gradzoo.jobs.StageListener;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.TableStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Job: trains a model of the config to predict the test accuracy of a zoo's members, and publishes
 * its run directory. Equal configs and tables give equal bytes.
 */
public final class TrainingJob {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TableStore store;
  private final GradzooConfig config;
  private final ModelConfig model;
  private final StageListener listener;

  public TrainingJob(
      TableStore store, GradzooConfig config, ModelConfig model, StageListener listener) {
    this.store = store;
    this.config = config;
    this.model = model;
    this.listener = listener;
  }

  /**
   * Trains and publishes.
   *
   * @return the run directory
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if tables are missing or hold too few
   *     members
   */
  public RunDirectory run() {
    String description = "train " + model.name() + " on " + config.zoo().name();
    return JobDescription.during(store.session(), description, this::train);
  }

  private RunDirectory train() {
    long start = System.nanoTime();
    TaskExamples task = new TaskExamples(store, config, model);
    NeuronStatistics statistics = task.statistics();
    try (ExampleSets examples = task.inputs(statistics)) {
      for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
        if (examples.count(split) < 2) {
          throw task.empty(split);
        }
      }
      List<String> architectures = examples.architectures();
      MetanetworkSpec spec = MetanetworkSpecs.of(config, model, architectures);
      AveragedTraining.Result result =
          new AveragedTraining(
                  JavaSparkContext.fromSparkContext(store.session().sparkContext()),
                  spec,
                  examples,
                  model.training(),
                  config.seed())
              .run(listener);
      TrainedModel trained =
          new TrainedModel(config, model, architectures, spec, result.parameters(), statistics);
      RunDirectory run =
          RunDirectory.of(config.storage().runs(), config.zoo().name(), model.name());
      SortedMap<String, byte[]> files = files(trained, result);
      double seconds = (System.nanoTime() - start) * 1e-9;
      files.put(RunDirectory.SECONDS, bytes(String.format(Locale.ROOT, "%.3f%n", seconds)));
      run.publish(files);
      return run;
    }
  }

  private SortedMap<String, byte[]> files(TrainedModel trained, AveragedTraining.Result result) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(RunDirectory.MODEL, trained.file());
    files.put(RunDirectory.CONFIG, bytes(config.effective().json()));
    StringBuilder lines = new StringBuilder();
    for (RoundMetrics metrics : result.metrics()) {
      lines.append(line(metrics)).append('\n');
    }
    files.put(RunDirectory.METRICS, bytes(lines.toString()));
    return files;
  }

  private static ObjectNode line(RoundMetrics metrics) {
    ObjectNode line = JSON.createObjectNode();
    line.put("round", metrics.round());
    line.put("steps", metrics.steps());
    line.put("train_loss", metrics.trainLoss());
    if (metrics.validation() != null) {
      line.put("validation_loss", metrics.validation().meanSquaredError());
      line.put("validation_tau", metrics.validation().tau());
      line.put("validation_r2", metrics.validation().r2());
      line.put("validation_mae", metrics.validation().meanAbsoluteError());
    }
    return line;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
