package io.gradzoo.jobs.table;

/**
 * Columns of {@code members}: one row for every checkpoint of every training run, whatever became
 * of it.
 *
 * <p>{@code parameters} is the flat float32 vector in the architecture's layout; it is null where
 * the run diverged or failed before the checkpoint, and so are losses and accuracies that are not
 * numbers. {@code family} is mlp, cnn or transformer, {@code status} one of ok, diverged and
 * failed, with the {@code reason} for the last two.
 */
public final class MembersTable {
  public static final String MEMBER_ID = "member_id";
  public static final String RUN_ID = "run_id";
  public static final String EPOCH = "epoch";
  public static final String ARCHITECTURE = "architecture";
  public static final String FAMILY = "family";
  public static final String PARAMETERS = "parameters";
  public static final String HYPERPARAMETERS = "hyperparameters";
  public static final String TRAIN_LOSS = "train_loss";
  public static final String TRAIN_ACCURACY = "train_accuracy";
  public static final String TEST_LOSS = "test_loss";
  public static final String TEST_ACCURACY = "test_accuracy";
  public static final String STATUS = "status";
  public static final String REASON = "reason";
  public static final String PARAMETERS_SHA256 = "parameters_sha256";
  public static final String CONFIG_HASH = "config_hash";
  public static final String CODE_VERSION = "code_version";

  public static final TableSchema SCHEMA =
      TableSchema.of(
          "members",
          1,
          """
          member_id STRING, run_id STRING, epoch INT, architecture STRING, family STRING,
          parameters ARRAY<FLOAT>,
          hyperparameters STRUCT<
            activation: STRING, initializer: STRING, initializer_scale: DOUBLE, optimizer: STRING,
            learning_rate: DOUBLE, l2: DOUBLE, dropout: DOUBLE, train_fraction: DOUBLE,
            batch_size: INT, seed: BIGINT>,
          train_loss DOUBLE, train_accuracy DOUBLE, test_loss DOUBLE, test_accuracy DOUBLE,
          status STRING, reason STRING, parameters_sha256 STRING, config_hash STRING,
          code_version STRING
          """,
          MEMBER_ID);

  private MembersTable() {}
}
