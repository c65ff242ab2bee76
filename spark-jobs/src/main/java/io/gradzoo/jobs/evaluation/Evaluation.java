package io.gradzoo.jobs.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.MemberSplits;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.prediction.Score;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a trained model performed on members of held-out runs, beside its baselines.
 *
 * @param schema version of the file; files of version 1 have none
 * @param model its name
 * @param target what it predicts, in words
 * @param unit of true and predicted values and of their errors, in words; squared errors are in its
 *     square
 * @param trainMembers members it was trained on, as its run says
 * @param validationMembers members it was selected by, as its run says
 * @param scores the model first
 * @param predictions the model's, for every test member, in the order of their ids
 * @param members it was evaluated among: on those to test on, beside baselines of those to train
 *     on; null of older files
 * @param onOtherMembers whether these are others than those that the run was trained on
 * @param codeVersion identity of the code that evaluated, the model's included; null of older files
 */
public record Evaluation(
    int schema,
    String model,
    String target,
    String unit,
    long trainMembers,
    long validationMembers,
    List<Score> scores,
    List<Prediction> predictions,
    MemberSplits members,
    boolean onOtherMembers,
    String codeVersion)
    implements JobResult {
  /** The file of a run directory that holds it. */
  public static final String FILE = "evaluation.json";

  /** Version of the file. */
  static final int SCHEMA = 2;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  static Evaluation of(
      ModelConfig model,
      long trainMembers,
      long validationMembers,
      List<Score> scores,
      List<Prediction> predictions,
      MemberSplits members,
      boolean onOtherMembers,
      String codeVersion) {
    return new Evaluation(
        SCHEMA,
        model.name(),
        model.task().title(),
        model.task().unit(),
        trainMembers,
        validationMembers,
        scores,
        predictions,
        members,
        onOtherMembers,
        codeVersion);
  }

  /** The table of its scores. */
  @Override
  public void print(PrintWriter out) {
    EvaluationTable.print(this, out);
  }

  /** What the model itself reached, by names that every tracking server takes. */
  Map<String, Double> numbers() {
    String members = onOtherMembers ? "other-members/" : "test/";
    Score own = scores.get(0);
    Map<String, Double> numbers = new LinkedHashMap<>();
    if (own.agreement().accuracy() == null) { // else the task's own metrics say all
      numbers.put(members + "tau", own.agreement().tau());
      numbers.put(members + "r2", own.agreement().r2());
      numbers.put(members + "mean-absolute-error", own.agreement().meanAbsoluteError());
      numbers.put(members + "mean-squared-error", own.agreement().meanSquaredError());
    }
    own.metrics()
        .forEach(
            (name, value) ->
                numbers.put(members + name.replaceAll("[^A-Za-z0-9_. /-]", "_"), value));
    return numbers;
  }

  /** As JSON. */
  public byte[] bytes() {
    try {
      return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a file is of the version that this program reads. */
  public static boolean readable(byte[] bytes) {
    try {
      return JSON.readTree(bytes).path("schema").asInt() == SCHEMA;
    } catch (IOException e) {
      return true; // what it is instead is said by whoever reads it
    }
  }

  /**
   * Reads the JSON of a file.
   *
   * @param name of the file, for messages
   * @throws GradzooException exit code 3 if it is something else
   */
  public static Evaluation parse(String name, byte[] bytes) {
    if (!readable(bytes)) {
      throw GradzooException.data(
          Fault.of("evaluation")
              .at(name)
              .expected("what gradzoo evaluate writes, of version " + SCHEMA)
              .found("another version")
              .fix("evaluate again"));
    }
    try {
      return JSON.readValue(bytes, Evaluation.class);
    } catch (IOException e) {
      throw GradzooException.data(
          Fault.of("evaluation")
              .at(name)
              .expected("what gradzoo evaluate writes")
              .found("something else")
              .fix("evaluate again"),
          e);
    }
  }
}
