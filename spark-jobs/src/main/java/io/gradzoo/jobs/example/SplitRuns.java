package io.gradzoo.jobs.example;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.datasets.split.RunSplit;
import io.gradzoo.datasets.split.Split;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which training runs of a zoo are in which split of a model: {@code splits.json} of a run
 * directory. It is for other readers, who need not hash.
 *
 * @param schema version of the file
 * @param seed that divides the runs
 * @param trainShare expected share of runs to train on
 * @param validationShare expected share of runs to validate on
 * @param sha256 of the runs with their splits, one line each: what tells a division from others
 * @param train ids of the runs whose members the model is trained on, in order
 * @param validation by whose members it is selected
 * @param test whose members it may be tested on
 */
public record SplitRuns(
    int schema,
    @JsonFormat(shape = JsonFormat.Shape.STRING) long seed,
    double trainShare,
    double validationShare,
    String sha256,
    List<String> train,
    List<String> validation,
    List<String> test) {
  private static final int SCHEMA = 2;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /**
   * Divided runs.
   *
   * @param runs the split of each run
   */
  static SplitRuns of(RunSplit splits, Map<String, Split> runs) {
    var bySplit =
        runs.keySet().stream().sorted().collect(Collectors.groupingBy(run -> runs.get(run)));
    return new SplitRuns(
        SCHEMA,
        splits.seed(),
        splits.trainShare(),
        splits.validationShare(),
        ContentHash.of(
            new TreeMap<>(runs)
                .entrySet().stream()
                    .map(run -> run.getKey() + " " + run.getValue() + "\n")
                    .collect(Collectors.joining())),
        bySplit.getOrDefault(Split.TRAIN, List.of()),
        bySplit.getOrDefault(Split.VALIDATION, List.of()),
        bySplit.getOrDefault(Split.TEST, List.of()));
  }

  /** The file. */
  public byte[] bytes() {
    try {
      return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
