package io.gradzoo.jobs.run;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelChoices;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.MemberSplits;
import io.gradzoo.jobs.example.TaskStatistics;
import io.gradzoo.jobs.inference.Predictions;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.jobs.prediction.Answer;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.task.MetanetworkTask;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A trained metanetwork with what is needed to use it again.
 *
 * @param config the config it was trained with
 * @param model its block
 * @param architectures of the target networks it was trained on
 * @param spec what it is built from
 * @param parameters flat, in its layout's order
 * @param statistics its inputs and targets are standardised with
 * @param members that it was trained on; empty of a file that does not say so
 * @param codeVersion identity of the code that made it; empty if that is not known
 * @param startedFrom SHA-256 of the checkpoint of another training that its training started from
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record TrainedModel(
    GradzooConfig config,
    ModelConfig model,
    List<Architecture> architectures,
    MetanetworkSpec spec,
    float[] parameters,
    TaskStatistics statistics,
    Optional<MemberSplits> members,
    String codeVersion,
    Optional<String> startedFrom) {
  private static final String FORMAT = "format";
  private static final String VERSION = "gradzoo-model-1";
  static final String NAME = "model";
  private static final String ARCHITECTURES = "architectures";
  static final String CONFIG_HASH = "config-hash";
  private static final String MEMBERS = "members";
  static final String CODE_VERSION = "code-version";
  private static final String STARTED_FROM = "started-from";

  /**
   * Reads a run directory, whose model is of what the context's config may name; a line says so if
   * its model has no checksum.
   *
   * @throws GradzooException exit code 3 if it is not one, it was changed since, or its parts do
   *     not belong together
   */
  public static TrainedModel load(RunDirectory run, JobContext context) {
    return run.consistently(() -> parse(run, context));
  }

  private static TrainedModel parse(RunDirectory run, JobContext context) {
    String name = run.place(RunDirectory.MODEL);
    ModelFile file = file(run);
    requireFormat(name, file);
    String own = file.metadata().getOrDefault(NAME, "");
    GradzooConfig config = config(run, own, context.config().choices());
    ModelConfig model =
        config
            .model(own)
            .orElseThrow(() -> unfit(name, "a model of config.json", "\"" + own + "\"", null));
    String hash = config.effective().modelHash(model);
    requireConfig(run, file.metadata().getOrDefault(CONFIG_HASH, hash), hash);
    List<Architecture> architectures =
        architectures(name, own, file.metadata().getOrDefault(ARCHITECTURES, ""));
    MetanetworkSpec spec = spec(name, model, architectures);
    float[] parameters;
    TaskStatistics statistics;
    try {
      parameters = file.parameters(name, spec.build().layout());
      statistics =
          model
              .gradients()
              .map(input -> input.channels(architectures.get(0)).count())
              .map(channels -> file.statistics(name, channels, model.task()))
              .orElse(TaskStatistics.NONE);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw unfit(name, "target networks of a size that can be built", architectures.toString(), e);
    }
    if (!file.checked()) {
      context.progress().note(name + ": has no checksum, read as it is");
    }
    return new TrainedModel(
        config,
        model,
        architectures,
        spec,
        parameters,
        statistics,
        MemberSplits.parse(file.metadata().getOrDefault(MEMBERS, "")),
        file.metadata().getOrDefault(CODE_VERSION, ""),
        Optional.ofNullable(file.metadata().get(STARTED_FROM)));
  }

  private static ModelFile file(RunDirectory run) {
    byte[] bytes = run.read(RunDirectory.MODEL);
    ModelFile file = ModelFile.parse(run.place(RunDirectory.MODEL), bytes);
    if (file.checked()) {
      run.requirePublished(RunDirectory.MODEL, bytes);
    }
    return file;
  }

  private static void requireFormat(String name, ModelFile file) {
    String format = file.metadata().get(FORMAT);
    if (!VERSION.equals(format)) {
      throw GradzooException.data(
          Fault.of("model")
              .at(name)
              .expected("format %s", VERSION)
              .found(format == null ? "none" : format)
              .fix("name a run directory that gradzoo train wrote"));
    }
  }

  private static void requireConfig(RunDirectory run, String expected, String found) {
    if (!found.equals(expected)) {
      throw GradzooException.data(
          Fault.of("run")
              .at(run.place(RunDirectory.CONFIG))
              .expected("the config that the model was trained with, of SHA-256 %s", expected)
              .found(found)
              .fix("put it back, or train a run of its own with the changed config"));
    }
  }

  private static GradzooConfig config(RunDirectory run, String model, ModelChoices choices) {
    run.read(RunDirectory.CONFIG);
    try {
      return run.config().load(ConfigUse.model(model), choices);
    } catch (GradzooException e) { // a damaged run directory, not a mistake in the user's config
      String file = run.place(RunDirectory.CONFIG);
      throw GradzooException.data(
          e.faults().stream()
              .map(fault -> fault.where().contains(file) ? fault : Fault.of(file).because(fault))
              .toList());
    }
  }

  private static List<Architecture> architectures(String name, String model, String texts) {
    try {
      return Arrays.stream(texts.split(" ", -1)).map(Architectures::parse).toList();
    } catch (IllegalArgumentException e) {
      throw unfit(name, "target networks that " + model + " can read", "[" + texts + "]", e);
    }
  }

  private static MetanetworkSpec spec(
      String name, ModelConfig model, List<Architecture> architectures) {
    try {
      return model.spec(architectures);
    } catch (GradzooException | IllegalArgumentException | ArithmeticException e) {
      throw unfit(
          name, "target networks that " + model.name() + " can read", architectures.toString(), e);
    }
  }

  private static GradzooException unfit(
      String name, String expected, String found, RuntimeException cause) {
    return GradzooException.data(
        Fault.of("model")
            .at(name)
            .expected(expected)
            .found(found)
            .fix("the run's config.json and its model do not belong together; train again"),
        cause);
  }

  /**
   * The identity of the model in a run directory: what its config says of zoo, splits and itself.
   */
  public static String hash(RunDirectory run) {
    return metadata(run, CONFIG_HASH);
  }

  /** Identity of the code that made the model in a run directory; empty if that is not known. */
  public static String codeVersion(RunDirectory run) {
    return metadata(run, CODE_VERSION);
  }

  /** Whether the training of the model in a run directory started from another's checkpoint. */
  public static boolean continues(RunDirectory run) {
    return !metadata(run, STARTED_FROM).isEmpty();
  }

  /** The members that the model in a run directory was trained on; empty if that is not known. */
  public static Optional<MemberSplits> members(RunDirectory run) {
    return MemberSplits.parse(metadata(run, MEMBERS));
  }

  /** All that the file of the model in a run directory says of it. */
  static Map<String, String> metadata(RunDirectory run) {
    return run.consistently(() -> file(run)).metadata();
  }

  private static String metadata(RunDirectory run, String key) {
    return metadata(run).getOrDefault(key, "");
  }

  /**
   * What its training depended on.
   *
   * @param run that it was read from, for the message
   * @throws GradzooException exit code 3 if it does not say which members it was trained on
   */
  public TrainingIdentity identity(RunDirectory run) {
    return new TrainingIdentity(
        config.effective().modelSettings(model),
        members.orElseThrow(
            () ->
                GradzooException.data(
                    Fault.of("run")
                        .at(run)
                        .expected("a run that says which members it was trained on")
                        .found("one that an older version or another program wrote")
                        .fix("train again"))),
        codeVersion,
        startedFrom);
  }

  /** The same model of a task that is shown images. */
  public TrainedModel withTask(MetanetworkTask task) {
    return new TrainedModel(
        config,
        model.withTask(task),
        architectures,
        spec,
        parameters,
        statistics,
        members,
        codeVersion,
        startedFrom);
  }

  /**
   * Refuses networks that the model was not made for.
   *
   * @throws GradzooException exit code 3 naming what differs
   */
  public void requireReadable(List<Architecture> others) {
    Metanetwork metanetwork = spec.build();
    Parameters values = Parameters.over(parameters);
    for (Architecture architecture : others) {
      try {
        metanetwork.compile(
            architecture, new Tape(CpuDevice.best(), values, 1, Tape.Mode.INFERENCE));
      } catch (IllegalArgumentException e) {
        throw GradzooException.data(
            Fault.of("model " + model.name()).because(e).fix("a model trained on such networks"),
            e);
      }
    }
  }

  /**
   * Predicts a split.
   *
   * @param inputs what the model reads
   * @return in the order of the members' ids
   */
  public List<Prediction> predict(SparkSession session, ExampleSets inputs, Split split) {
    return Predictions.of(
        JavaSparkContext.fromSparkContext(session.sparkContext()),
        predictor(),
        parameters,
        inputs.shards(split));
  }

  /**
   * Everything that it predicts of a split, on the executors and in no order.
   *
   * @param inputs what the model reads
   */
  public JavaRDD<Answer> answers(SparkSession session, ExampleSets inputs, Split split) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    return Predictions.answers(
        predictor(), spark.broadcast(parameters), inputs.shards(split).values());
  }

  private Predictor predictor() {
    return Predictor.of(model.task(), model.outputUnit(), spec, statistics.targets());
  }

  /** The model's file; equal models give equal bytes. */
  public byte[] file() {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(FORMAT, VERSION);
    metadata.put(NAME, model.name());
    metadata.put(
        ARCHITECTURES, String.join(" ", architectures.stream().map(Architecture::id).toList()));
    metadata.put(CONFIG_HASH, config.effective().modelHash(model));
    metadata.put(CODE_VERSION, codeVersion);
    members.ifPresent(known -> metadata.put(MEMBERS, known.json()));
    startedFrom.ifPresent(hash -> metadata.put(STARTED_FROM, hash));
    return ModelFile.of(metadata, spec.build().layout(), parameters, statistics).bytes();
  }
}
