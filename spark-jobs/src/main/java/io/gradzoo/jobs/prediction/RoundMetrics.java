package io.gradzoo.jobs.prediction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How a model did after a round of training: a line of {@code metrics.jsonl}.
 *
 * @param round from 1
 * @param steps local steps so far
 * @param trainLoss mean over the round's examples
 * @param validationLoss in the same unit; NaN of a round without validation
 * @param validation agreement of predictions and truth on the validation split, of which the file
 *     has no squared error; null of a round without validation
 */
public record RoundMetrics(
    int round, long steps, double trainLoss, double validationLoss, Agreement validation) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROUND = "round";
  private static final String STEPS = "steps";
  private static final String TRAIN_LOSS = "train_loss";
  private static final String VALIDATION_LOSS = "validation_loss";
  private static final String VALIDATION_TAU = "validation_tau";
  private static final String VALIDATION_R2 = "validation_r2";
  private static final String VALIDATION_MAE = "validation_mae";

  /** Of a round without validation. */
  public static RoundMetrics unvalidated(int round, long steps, double trainLoss) {
    return new RoundMetrics(round, steps, trainLoss, Double.NaN, null);
  }

  /** Rank correlation on the validation split; NaN of a round without validation. */
  public double validationTau() {
    return validation == null ? Double.NaN : validation.tau();
  }

  /** The file of a training. */
  public static byte[] file(List<RoundMetrics> rounds) {
    StringBuilder lines = new StringBuilder();
    rounds.forEach(round -> lines.append(round.line()).append('\n'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the file of a training.
   *
   * @param name of the file, for messages
   * @throws GradzooException exit code 3, naming the line, if it is damaged
   */
  public static List<RoundMetrics> parse(String name, byte[] bytes) {
    List<RoundMetrics> rounds = new ArrayList<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      try {
        rounds.add(parse(JSON.readTree(line)));
      } catch (JsonProcessingException e) {
        throw GradzooException.data(
            Fault.of("run")
                .at("%s:%d", name, rounds.size() + 1)
                .expected("JSON")
                .found("something else")
                .fix("train again"),
            e);
      }
    }
    return rounds;
  }

  private ObjectNode line() {
    ObjectNode line = JSON.createObjectNode();
    line.put(ROUND, round);
    line.put(STEPS, steps);
    line.put(TRAIN_LOSS, trainLoss);
    if (validation != null) {
      line.put(VALIDATION_LOSS, validationLoss);
      line.put(VALIDATION_TAU, validation.tau());
      line.put(VALIDATION_R2, validation.r2());
      line.put(VALIDATION_MAE, validation.meanAbsoluteError());
    }
    return line;
  }

  private static RoundMetrics parse(JsonNode line) {
    int round = line.path(ROUND).asInt();
    long steps = line.path(STEPS).asLong();
    double loss = number(line, TRAIN_LOSS);
    if (!line.has(VALIDATION_LOSS)) {
      return unvalidated(round, steps, loss);
    }
    Agreement validation =
        new Agreement(
            number(line, VALIDATION_TAU),
            number(line, VALIDATION_R2),
            number(line, VALIDATION_MAE),
            Double.NaN);
    return new RoundMetrics(round, steps, loss, number(line, VALIDATION_LOSS), validation);
  }

  private static double number(JsonNode line, String key) {
    return line.path(key).asDouble(Double.NaN);
  }
}
