package io.gradzoo.jobs.table;

import java.util.Set;

/**
 * Columns of {@code gradient_sets}: one row for every member and probe set.
 *
 * <p>{@code role} says what the set is for: {@code input}, with factors and moments, is what a
 * metanetwork reads; {@code target}, with moments alone, is what it may have to predict. {@code
 * loss} names the number that is differentiated (ce, mse_sum, half_mse, output_k), {@code
 * signal_kind} where the output signal comes from (label, model_sampled, output), {@code output}
 * which output that is, null with a loss, {@code signal_seed} what labels were sampled with, else
 * null. {@code reduction} is none: the factors are those of single samples. {@code sample_loss} is
 * [samples]. {@code mean_gradient_error} is the largest relative difference between the mean of the
 * stored gradients and the batch gradient, checked while writing.
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
              2,
              """
          gradient_set_id STRING, member_id STRING, run_id STRING, probe_set_id STRING, role STRING,
          architecture STRING, family STRING, loss STRING, signal_kind STRING, output INT, signal_seed BIGINT,
          reduction STRING, includes_l2 BOOLEAN, samples INT, sample_loss ARRAY<FLOAT>, mean_gradient_error DOUBLE,
          test_accuracy DOUBLE, parameters_sha256 STRING, config_hash STRING, code_version STRING
          """,
              GRADIENT_SET_ID)
          .withAdded(ROLE, "'input'")
          .withAdded(OUTPUT, "CAST(NULL AS INT)")
          .withAdded(SIGNAL_SEED, "CAST(NULL AS BIGINT)");

  /** Names of the tables that describe the sets, and are published with them. */
  public static final Set<String> PARTS =
      Set.of("probe_sets", "layer_factors", "layer_lowrank", "layer_moments");

  private GradientSetsTable() {}
}
