package io.gradzoo.jobs.editing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Held-out members that were pruned in several ways and fine-tuned alike, measured on test images.
 *
 * @param schema version of the file
 * @param model that changes networks
 * @param predictor of accuracies; null where there was none
 * @param zoo that the pruned networks are members of
 * @param epochs of fine-tuning
 * @param settingsTried learning rates that every row tried, of which validation members chose one
 * @param rows one for each method and sparsity
 */
public record PruningComparison(
    int schema,
    String model,
    String predictor,
    String zoo,
    int epochs,
    int settingsTried,
    List<PruningScore> rows)
    implements JobResult {
  /** The file of a run directory that holds it. */
  public static final String FILE = "pruning.json";

  private static final int SCHEMA = 2;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  public PruningComparison {
    rows = List.copyOf(rows);
  }

  /** Of this version. */
  public PruningComparison(
      String model,
      String predictor,
      String zoo,
      int epochs,
      int settingsTried,
      List<PruningScore> rows) {
    this(SCHEMA, model, predictor, zoo, epochs, settingsTried, rows);
  }

  /** A table. */
  @Override
  public void print(PrintWriter out) {
    int networks = rows.stream().mapToInt(PruningScore::networks).max().orElseThrow();
    int width = rows.stream().mapToInt(row -> row.method().length()).max().orElseThrow();
    out.printf(
        Locale.ROOT,
        "%s: the %d best held-out members, pruned and fine-tuned for %d epochs; each row with the"
            + " best of %d learning rates; zoo %s%n",
        model,
        networks,
        epochs,
        settingsTried,
        zoo);
    String format = "%-" + width + "s  %8s  %14s  %14s  %8s  %14s  %14s  %8s  %10s%n";
    out.printf(
        format,
        "",
        "sparsity",
        "accuracy %",
        "predicted %",
        "outside",
        "not tuned %",
        "predicted %",
        "outside",
        "s/network");
    for (PruningScore row : rows) {
      out.printf(
          format,
          row.method(),
          share(row.sparsity()),
          percent(row.accuracy()),
          percent(row.predicted()),
          share(row.outside()),
          percent(row.prunedAccuracy()),
          percent(row.prunedPredicted()),
          share(row.prunedOutside()),
          String.format(Locale.ROOT, "%.2g", row.seconds()));
    }
    out.println(
        "not tuned: before fine-tuning; outside: unlike the networks of the training zoo in what it"
            + " answers and what is predicted, so that the prediction means nothing");
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static String percent(EditScore.Spread spread) {
    return spread == null
        ? "–"
        : String.format(Locale.ROOT, "%.1f ± %.1f", 100 * spread.mean(), 100 * spread.deviation());
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
  public static PruningComparison parse(byte[] bytes) {
    try {
      PruningComparison read = JSON.readValue(bytes, PruningComparison.class);
      if (read.schema == SCHEMA) {
        return read;
      }
      throw unread("version " + read.schema, null);
    } catch (IOException e) {
      throw unread("something else", e);
    }
  }

  private static GradzooException unread(String found, IOException cause) {
    return GradzooException.data(
        Fault.of("report")
            .at(FILE)
            .expected("what gradzoo prune writes, of version " + SCHEMA)
            .found(found)
            .fix("prune again"),
        cause);
  }
}
