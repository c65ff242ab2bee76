package io.gradzoo.jobs.editing;

import io.gradzoo.jobs.JobResult;
import java.io.PrintWriter;
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

  private static final ComparisonFile<PruningComparison> JSON =
      new ComparisonFile<>(PruningComparison.class, FILE, 2, "prune");

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
    this(JSON.schema(), model, predictor, zoo, epochs, settingsTried, rows);
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
    return JSON.bytes(this);
  }

  /**
   * Reads the JSON of a file.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if it is something else
   */
  public static PruningComparison parse(byte[] bytes) {
    return JSON.parse(bytes);
  }
}
