package io.gradzoo.jobs.curvature;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.example.MemberSplits;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a study of curvature estimates found. Errors are mean squared errors over all entries of the
 * Fisher diagonals of all test networks, in squared deviations of the training targets.
 *
 * @param schema version of the file; 0 of version 1, which has none, and neither test members
 * @param errorUnit what every error is in, in words
 * @param trainNetworks networks to draw training networks from
 * @param testNetworks networks that errors are measured on
 * @param testMembers their ids, in order; null of older files
 * @param estimators those that learn nothing
 * @param learners those that are trained
 * @param members that it was made of; null of older files
 * @param codeVersion identity of the code that it depends on; null of older files
 */
public record Study(
    int schema,
    String errorUnit,
    int trainNetworks,
    int testNetworks,
    List<String> testMembers,
    List<FixedEstimator> estimators,
    List<Learner> learners,
    MemberSplits members,
    String codeVersion) {
  /** Version of the file. */
  static final int SCHEMA = 2;

  /** What every error is in. */
  static final String ERROR_UNIT =
      "mean squared error over all entries, in squared deviations of the training targets";

  /** The file of a run directory that holds it. */
  public static final String FILE = "study.json";

  /** The name that its run directory has in place of a model's. */
  public static final String NAME = "study";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** An estimator's error. */
  public record FixedEstimator(String name, double error) implements Serializable {}

  /**
   * A trained estimator with its errors by size and seed.
   *
   * @param settingsTried settings of which one was chosen: as a model's config states, or the
   *     penalties of the reweighting
   */
  public record Learner(String name, int settingsTried, int parameters, List<Point> points) {

    /** Mean error over the seeds of a size. */
    public double mean(int size) {
      return errors(size).stream().mapToDouble(e -> e).average().orElse(Double.NaN);
    }

    /** Standard deviation of the errors over the seeds of a size; 0 of one seed. */
    public double deviation(int size) {
      List<Double> errors = errors(size);
      double mean = mean(size);
      double squares = errors.stream().mapToDouble(e -> (e - mean) * (e - mean)).sum();
      return Math.sqrt(squares / Math.max(1, errors.size() - 1));
    }

    /** The errors of a size, by seed. */
    public List<Double> errors(int size) {
      return points.stream().filter(p -> p.size() == size).map(Point::error).toList();
    }

    /** The sizes, ascending. */
    public List<Integer> sizes() {
      return points.stream().map(Point::size).distinct().sorted().toList();
    }
  }

  /** One training: on so many networks, drawn with a seed, which is text in the file. */
  public record Point(
      int size, @JsonFormat(shape = JsonFormat.Shape.STRING) long seed, double error) {}

  /** Error of the standard estimator, which all are measured against. */
  public double standardError() {
    return estimators.get(0).error();
  }

  byte[] bytes() {
    try {
      return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the JSON of a file.
   *
   * @param name of the file, for messages
   * @throws GradzooException exit code 3 if it is something else
   */
  public static Study parse(String name, byte[] bytes) {
    try {
      Study study = JSON.readValue(bytes, Study.class);
      if (study.schema > SCHEMA) {
        throw GradzooException.data(
            Fault.of("study")
                .at(name)
                .expected("what gradzoo study writes, of version %d or older", SCHEMA)
                .found("version %d, which a newer Gradzoo wrote", study.schema)
                .fix("run it again"));
      }
      return study;
    } catch (IOException e) {
      throw GradzooException.data(
          Fault.of("study")
              .at(name)
              .expected("what gradzoo study writes")
              .found("something else")
              .fix("run it again"),
          e);
    }
  }
}
