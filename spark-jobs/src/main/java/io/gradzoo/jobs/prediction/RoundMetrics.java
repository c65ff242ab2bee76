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
 * Metrics of a model after a round of training: a line of {@code metrics.jsonl}.
 *
 * @param round from 1
 * @param steps local steps so far
 * @param trainLoss mean over the round's examples
 * @param validationLoss in the same unit; NaN of a round without validation
 * @param validation agreement of predictions and truth on the validation split, of which the file
 *     has no squared error; null of a round without validation
 * @param skippedShards that diverged and count for nothing, in order
 */
public record RoundMetrics(
    int round,
    long steps,
    double trainLoss,
    double validationLoss,
    Agreement validation,
    List<Integer> skippedShards) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROUND = "round";
  private static final String STEPS = "steps";
  private static final String TRAIN_LOSS = "train_loss";
  private static final String VALIDATION_LOSS = "validation_loss";
  private static final String VALIDATION_TAU = "validation_tau";
  private static final String VALIDATION_R2 = "validation_r2";
  private static final String VALIDATION_MAE = "validation_mae";
  private static final String VALIDATION_ACCURACY = "validation_accuracy";
  private static final String SKIPPED_SHARDS = "skipped_shards";

  public RoundMetrics {
    skippedShards = List.copyOf(skippedShards);
  }

  /** Of a round in which no shard diverged. */
  public RoundMetrics(
      int round, long steps, double trainLoss, double validationLoss, Agreement validation) {
    this(round, steps, trainLoss, validationLoss, validation, List.of());
  }

  /** Share of right classes on the validation split; NaN of a round without, and of no classes. */
  public double validationAccuracy() {
    return validation == null || validation.accuracy() == null ? Double.NaN : validation.accuracy();
  }

  /** Rank correlation on the validation split; NaN of a round without validation. */
  public double validationTau() {
    return validation == null ? Double.NaN : validation.tau();
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

  /** The line of the file, with its end. */
  public String line() {
    ObjectNode line = JSON.createObjectNode();
    line.put(ROUND, round);
    line.put(STEPS, steps);
    line.put(TRAIN_LOSS, trainLoss);
    if (validation != null) {
      line.put(VALIDATION_LOSS, validationLoss);
      if (validation.accuracy() == null) {
        line.put(VALIDATION_TAU, validation.tau());
        line.put(VALIDATION_R2, validation.r2());
      } else {
        line.put(VALIDATION_ACCURACY, validation.accuracy());
      }
      line.put(VALIDATION_MAE, validation.meanAbsoluteError());
    }
    if (!skippedShards.isEmpty()) {
      skippedShards.forEach(line.putArray(SKIPPED_SHARDS)::add);
    }
    return line + "\n";
  }

  private static RoundMetrics parse(JsonNode line) {
    int round = line.path(ROUND).asInt();
    long steps = line.path(STEPS).asLong();
    double loss = number(line, TRAIN_LOSS);
    List<Integer> skipped = new ArrayList<>();
    line.path(SKIPPED_SHARDS).forEach(shard -> skipped.add(shard.asInt()));
    if (!line.has(VALIDATION_LOSS)) {
      return new RoundMetrics(round, steps, loss, Double.NaN, null, skipped);
    }
    Agreement validation =
        new Agreement(
            number(line, VALIDATION_TAU),
            number(line, VALIDATION_R2),
            number(line, VALIDATION_MAE),
            Double.NaN,
            line.has(VALIDATION_ACCURACY) ? number(line, VALIDATION_ACCURACY) : null);
    return new RoundMetrics(round, steps, loss, number(line, VALIDATION_LOSS), validation, skipped);
  }

  private static double number(JsonNode line, String key) {
    return line.path(key).asDouble(Double.NaN);
  }
}
