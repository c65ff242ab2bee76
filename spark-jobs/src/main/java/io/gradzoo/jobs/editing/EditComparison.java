package io.gradzoo.jobs.editing;

import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.jobs.JobResult;
import java.io.PrintWriter;
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
 * @param codeVersion identity of the code that compared, the model's included; null of older files
 */
public record EditComparison(
    int schema,
    String model,
    String objective,
    double small,
    List<EditScore> rows,
    List<EditedPair> pairs,
    String codeVersion)
    implements JobResult {
  /** The file of a run directory that holds it. */
  public static final String FILE = "fine-tuning.json";

  private static final ComparisonFile<EditComparison> JSON =
      new ComparisonFile<>(EditComparison.class, FILE, 1, "evaluate");

  public EditComparison {
    rows = List.copyOf(rows);
    pairs = List.copyOf(pairs);
  }

  /** Of this version. */
  public EditComparison(
      String model,
      String objective,
      double small,
      List<EditScore> rows,
      List<EditedPair> pairs,
      String codeVersion) {
    this(JSON.schema(), model, objective, small, rows, pairs, codeVersion);
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
    return JSON.bytes(this);
  }

  /**
   * Reads the JSON of a file.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if it is something else
   */
  public static EditComparison parse(byte[] bytes) {
    return JSON.parse(bytes);
  }
}
