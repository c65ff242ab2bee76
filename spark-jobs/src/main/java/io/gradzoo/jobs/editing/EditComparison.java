package io.gradzoo.jobs.editing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What one pass of a trained model makes of held-out members, beside descent from the same start;
 * all on the same members, measured on test images.
 *
 * @param schema version of the file
 * @param model its name
 * @param objective what it was trained to make smaller, in words
 * @param small weights below this in absolute value count as small
 * @param rows all members as they are and after the pass; then some of them, and after descent
 * @param pairs every member before and after the pass, in the order of their ids
 */
public record EditComparison(
    int schema,
    String model,
    String objective,
    double small,
    List<EditScore> rows,
    List<EditedPair> pairs)
    implements JobResult {
  /** The file of a run directory that holds it. */
  public static final String FILE = "fine-tuning.json";

  private static final int SCHEMA = 1;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  public EditComparison {
    rows = List.copyOf(rows);
    pairs = List.copyOf(pairs);
  }

  /** Of this version. */
  public EditComparison(
      String model, String objective, double small, List<EditScore> rows, List<EditedPair> pairs) {
    this(SCHEMA, model, objective, small, rows, pairs);
  }

  /**
   * A member before and after a pass.
   *
   * @param architecture its text form
   */
  public record EditedPair(
      String memberId, String architecture, NetworkMeasures before, NetworkMeasures after) {}

  /** A table. */
  @Override
  public void print(PrintWriter out) {
    EditTable.print(this, out);
  }

  /** As JSON. */
  public byte[] bytes() {
    try {
      return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the JSON of a file.
   *
   * @throws GradzooException exit code 3 if it is something else
   */
  public static EditComparison parse(byte[] bytes) {
    try {
      if (JSON.readTree(bytes).path("schema").asInt() == SCHEMA) {
        return JSON.readValue(bytes, EditComparison.class);
      }
    } catch (IOException e) {
      throw unread("something else", e);
    }
    throw unread("another version", null);
  }

  private static GradzooException unread(String found, IOException cause) {
    return GradzooException.data(
        Fault.of("evaluation")
            .at(FILE)
            .expected("what gradzoo evaluate writes, of version " + SCHEMA)
            .found(found)
            .fix("evaluate again"),
        cause);
  }
}
