package io.gradzoo.jobs.table;

import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Columns of {@code gradient_sets}: one row for every member and probe set.
 *
 * <p>{@code role} says what the set is for: {@code input}, with factors and moments, is what a
 * metanetwork reads; {@code target}, with moments alone, is what it may have to predict. {@code
 * loss} names the number that is differentiated (ce, mse_sum, half_mse, output_k), {@code
 * signal_kind} where the output signal comes from (label, model_sampled, output), {@code output}
 * which output that is, null with a loss, {@code signal_seed} what labels were sampled with, as
 * text, else null. {@code reduction} is none: the factors are those of single samples. {@code
 * sample_loss} is [samples]. {@code mean_gradient_error} is the largest relative difference between
 * the mean of the stored gradients and the batch gradient, checked while writing.
 */
public final class GradientSetsTable {
  public static final String GRADIENT_SET_ID = "gradient_set_id";
  public static final String MEMBER_ID = "member_id";
  public static final String RUN_ID = "run_id";
  public static final String PROBE_SET_ID = "probe_set_id";
  public static final String ROLE = "role";
  public static final String ARCHITECTURE = "architecture";
  public static final String FAMILY = "family";
  public static final String LOSS = "loss";
  public static final String SIGNAL_KIND = "signal_kind";
  public static final String OUTPUT = "output";
  public static final String SIGNAL_SEED = "signal_seed";
  public static final String REDUCTION = "reduction";
  public static final String INCLUDES_L2 = "includes_l2";
  public static final String SAMPLES = "samples";
  public static final String SAMPLE_LOSS = "sample_loss";
  public static final String MEAN_GRADIENT_ERROR = "mean_gradient_error";
  public static final String TEST_ACCURACY = "test_accuracy";
  public static final String PARAMETERS_SHA256 = "parameters_sha256";
  public static final String CONFIG_HASH = "config_hash";
  public static final String CODE_VERSION = "code_version";

  /** Value of {@link #ROLE} of a set that metanetworks read. */
  public static final String INPUT = "input";

  /** Value of {@link #ROLE} of a set whose moments are to be predicted. */
  public static final String TARGET = "target";

  public static final TableSchema SCHEMA =
      TableSchema.of(
              "gradient_sets",
              3,
              """
gradient_set_id STRING, member_id STRING, run_id STRING, probe_set_id STRING, role STRING,
architecture STRING, family STRING, loss STRING, signal_kind STRING, output INT, signal_seed STRING,
reduction STRING, includes_l2 BOOLEAN, samples INT, sample_loss ARRAY<FLOAT>, mean_gradient_error DOUBLE,
test_accuracy DOUBLE, parameters_sha256 STRING, config_hash STRING, code_version STRING
""",
              GRADIENT_SET_ID)
          .with(new TableSchema.ColumnChange(2, ROLE, null, "'input'"))
          .withAdded(2, OUTPUT, SIGNAL_SEED)
          .with(
              new TableSchema.ColumnChange(
                  3, SIGNAL_SEED, SIGNAL_SEED, "CAST(signal_seed AS STRING)"));

  /** Names of the tables that describe the sets, and are published with them. */
  public static final Set<String> PARTS =
      Set.of("probe_sets", "layer_factors", "layer_lowrank", "layer_moments");

  private static final String NO_REDUCTION = "none";

  private GradientSetsTable() {}

  /**
   * A row.
   *
   * @param member the network, without its parameters
   * @param probeSetId what its gradients are taken on
   * @param role input or target
   * @param signal what is differentiated
   * @param sampleLoss the differentiated number, [samples]
   * @param meanGradientError worst relative difference from the batch gradient
   * @param origin what it depends on
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  public record GradientSetRow(
      String gradientSetId,
      MembersTable.MemberRow member,
      String probeSetId,
      String role,
      SignalColumns signal,
      int samples,
      float[] sampleLoss,
      Double meanGradientError,
      MembersTable.Origin origin) {

    /** Of a row of the table; of the member only what the row has. */
    public static GradientSetRow of(Row row) {
      Cells cells = new Cells(row);
      MembersTable.MemberRow member = MembersTable.MemberRow.of(row);
      return new GradientSetRow(
          cells.text(GRADIENT_SET_ID),
          member,
          cells.text(PROBE_SET_ID),
          cells.text(ROLE),
          new SignalColumns(
              cells.text(LOSS),
              cells.text(SIGNAL_KIND),
              cells.integer(OUTPUT),
              cells.seed(SIGNAL_SEED)),
          cells.number(SAMPLES),
          cells.floats(SAMPLE_LOSS),
          cells.real(MEAN_GRADIENT_ERROR),
          member.origin());
    }

    /** The row in the table's columns. */
    public Row toRow() {
      return RowFactory.create(
          gradientSetId,
          member.memberId(),
          member.run().runId(),
          probeSetId,
          role,
          member.run().architecture(),
          member.run().family(),
          signal.loss,
          signal.kind,
          signal.output,
          signal.seed == null ? null : Long.toString(signal.seed),
          NO_REDUCTION,
          false,
          samples,
          sampleLoss,
          meanGradientError,
          member.scores().testAccuracy(),
          member.weights().sha256(),
          origin.configHash(),
          origin.codeVersion());
    }
  }

  /**
   * What is differentiated.
   *
   * @param loss its name
   * @param kind where the signal comes from
   * @param output which output; null with a loss
   * @param seed of sampled labels; null of others
   */
  public record SignalColumns(String loss, String kind, Integer output, Long seed) {}
}
