package io.gradzoo.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.datasets.split.RunSplit;
import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.engine.network.Architecture;
import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Columns of {@code members}: one row for every checkpoint of every training run, whatever became
 * of it.
 *
 * <p>{@code parameters} is the flat float32 vector in the architecture's layout; it is null where
 * the run diverged or failed before the checkpoint, and so are losses and accuracies that are not
 * numbers. {@code psnr} is that of a network that was fitted to an image, in decibels, whose {@code
 * train_loss} is a mean squared error. {@code image_id} and {@code label} are of such networks and,
 * with {@code published_split}, of zoos that were published with them. {@code family} is mlp (of
 * sine networks too), cnn or transformer, {@code status} a {@link MemberStatus}, with the {@code
 * reason} if it is not ok. {@code split_position}, from 0 to 1, says in which split the run is,
 * whatever the shares of a config are: see {@link RunSplit#position}.
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
  public static final String PSNR = "psnr";
  public static final String STATUS = "status";
  public static final String REASON = "reason";
  public static final String PARAMETERS_SHA256 = "parameters_sha256";
  public static final String SPLIT_POSITION = "split_position";
  public static final String IMAGE_ID = "image_id";
  public static final String LABEL = "label";
  public static final String PUBLISHED_SPLIT = "published_split";
  public static final String CONFIG_HASH = "config_hash";
  public static final String CODE_VERSION = "code_version";

  private static final String OLDER_HYPERPARAMETERS =
      """
      named_struct(
        'activation', hyperparameters.activation, 'initializer', hyperparameters.initializer,
        'initializer_scale', hyperparameters.initializer_scale,
        'optimizer', hyperparameters.optimizer, 'learning_rate', hyperparameters.learning_rate,
        'l2', hyperparameters.l2, 'dropout', hyperparameters.dropout,
        'train_fraction', hyperparameters.train_fraction,
        'batch_size', hyperparameters.batch_size, 'seed', CAST(hyperparameters.seed AS STRING))
      """;

  public static final TableSchema SCHEMA =
      TableSchema.of(
              "members",
              3,
              """
member_id STRING, run_id STRING, epoch INT, architecture STRING, family STRING,
parameters ARRAY<FLOAT>,
hyperparameters STRUCT<
  activation: STRING, initializer: STRING, initializer_scale: DOUBLE, optimizer: STRING,
  learning_rate: DOUBLE, l2: DOUBLE, dropout: DOUBLE, train_fraction: DOUBLE,
  batch_size: INT, seed: STRING>,
train_loss DOUBLE, train_accuracy DOUBLE, test_loss DOUBLE, test_accuracy DOUBLE, psnr DOUBLE,
status STRING, reason STRING, parameters_sha256 STRING, split_position DOUBLE,
image_id STRING, label INT, published_split STRING,
config_hash STRING, code_version STRING
""",
              MEMBER_ID)
          .with(
              new TableSchema.ColumnChange(
                  2, HYPERPARAMETERS, HYPERPARAMETERS, OLDER_HYPERPARAMETERS))
          .withAdded(2, SPLIT_POSITION)
          .withAdded(3, PSNR, IMAGE_ID, LABEL, PUBLISHED_SPLIT);

  private MembersTable() {}

  /** Whether a row is of a member that has parameters. */
  public static Column healthy() {
    return col(STATUS).equalTo(lit(MemberStatus.OK.id()));
  }

  /**
   * A row. Of one that was read, what was not selected is null.
   *
   * @param run what all members of its run share
   * @param weights flat parameters with their hash
   * @param scores how good it is
   * @param fate how its training ended
   * @param published what its publishers say of it
   * @param origin what it depends on
   */
  public record MemberRow(
      String memberId,
      Integer epoch,
      RunColumns run,
      Weights weights,
      Scores scores,
      Fate fate,
      Published published,
      Origin origin) {

    /** A member that has parameters. */
    public static MemberRow healthy(
        String memberId,
        Integer epoch,
        RunColumns run,
        float[] parameters,
        Scores scores,
        Origin origin) {
      Weights weights = new Weights(parameters, ContentHash.of(parameters));
      Fate fate = new Fate(MemberStatus.OK, null);
      return new MemberRow(memberId, epoch, run, weights, scores, fate, Published.NOTHING, origin);
    }

    /**
     * A member that this one became, of the same run.
     *
     * @param measured on the test images
     */
    public MemberRow changed(
        String id, float[] parameters, NetworkMeasures measured, Origin maker) {
      return healthy(
          id,
          epoch,
          run,
          parameters,
          new Scores(null, null, measured.loss(), measured.accuracy()),
          maker);
    }

    /** A member that has none. */
    public static MemberRow lost(
        String memberId, Integer epoch, RunColumns run, Fate fate, Origin origin) {
      Weights none = new Weights(null, null);
      return new MemberRow(
          memberId, epoch, run, none, Scores.NONE, fate, Published.NOTHING, origin);
    }

    /** The same member, of which its publishers say this. */
    public MemberRow with(Published said) {
      return new MemberRow(memberId, epoch, run, weights, scores, fate, said, origin);
    }

    /** Of a row of the table. */
    public static MemberRow of(Row row) {
      Cells cells = new Cells(row);
      return new MemberRow(
          cells.text(MEMBER_ID),
          cells.integer(EPOCH),
          new RunColumns(
              cells.text(RUN_ID),
              cells.text(ARCHITECTURE),
              cells.text(FAMILY),
              Hyperparameters.of(cells.struct(HYPERPARAMETERS)),
              cells.real(SPLIT_POSITION)),
          new Weights(cells.floats(PARAMETERS), cells.text(PARAMETERS_SHA256)),
          new Scores(
              cells.real(TRAIN_LOSS),
              cells.real(TRAIN_ACCURACY),
              cells.real(TEST_LOSS),
              cells.real(TEST_ACCURACY),
              cells.real(PSNR)),
          new Fate(MemberStatus.of(cells.text(STATUS)), cells.text(REASON)),
          new Published(cells.text(IMAGE_ID), cells.integer(LABEL), cells.text(PUBLISHED_SPLIT)),
          new Origin(cells.text(CONFIG_HASH), cells.text(CODE_VERSION)));
    }

    /** The row in the table's columns. */
    public Row toRow() {
      return RowFactory.create(
          memberId,
          run.runId,
          epoch,
          run.architecture,
          run.family,
          weights.parameters,
          run.hyperparameters.toRow(),
          scores.trainLoss,
          scores.trainAccuracy,
          scores.testLoss,
          scores.testAccuracy,
          scores.psnr,
          fate.status.id(),
          fate.reason,
          weights.sha256,
          run.splitPosition,
          published.imageId,
          published.label,
          published.split,
          origin.configHash,
          origin.codeVersion);
    }
  }

  /**
   * What all members of a run share.
   *
   * @param splitPosition see {@link RunSplit#position}
   */
  public record RunColumns(
      String runId,
      String architecture,
      String family,
      Hyperparameters hyperparameters,
      Double splitPosition) {

    /**
     * Of a run whose split a seed decides.
     *
     * @param family of the architecture, as the column has it
     */
    public static RunColumns of(
        String runId, Architecture architecture, String family, Hyperparameters drawn, long seed) {
      return new RunColumns(
          runId, architecture.id(), family, drawn, RunSplit.position(seed, runId));
    }
  }

  /** How a run is trained; null what does not apply. */
  public record Hyperparameters(
      String activation,
      String initializer,
      Double initializerScale,
      String optimizer,
      Double learningRate,
      Double l2,
      Double dropout,
      Double trainFraction,
      Integer batchSize,
      Long seed)
      implements Serializable {

    /** The same with another activation. */
    public Hyperparameters withActivation(String other) {
      return new Hyperparameters(
          other,
          initializer,
          initializerScale,
          optimizer,
          learningRate,
          l2,
          dropout,
          trainFraction,
          batchSize,
          seed);
    }

    private static Hyperparameters of(Row row) {
      if (row == null) {
        return null;
      }
      Cells cells = new Cells(row);
      return new Hyperparameters(
          cells.text("activation"),
          cells.text("initializer"),
          cells.real("initializer_scale"),
          cells.text("optimizer"),
          cells.real("learning_rate"),
          cells.real("l2"),
          cells.real("dropout"),
          cells.real("train_fraction"),
          cells.integer("batch_size"),
          cells.seed("seed"));
    }

    private Row toRow() {
      return RowFactory.create(
          activation,
          initializer,
          initializerScale,
          optimizer,
          learningRate,
          l2,
          dropout,
          trainFraction,
          batchSize,
          seed == null ? null : Long.toString(seed));
    }
  }

  /**
   * A member's parameters.
   *
   * @param parameters flat, in the architecture's layout
   * @param sha256 hex, as it was stored
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  public record Weights(float[] parameters, String sha256) {}

  /**
   * Losses and accuracies; null where there are none.
   *
   * @param psnr of a network that was fitted to an image, in decibels
   */
  public record Scores(
      Double trainLoss, Double trainAccuracy, Double testLoss, Double testAccuracy, Double psnr)
      implements Serializable {
    /** Of a network that was not trained. */
    public static final Scores NONE = new Scores(null, null, null, null);

    /** Of a classifier. */
    public Scores(Double trainLoss, Double trainAccuracy, Double testLoss, Double testAccuracy) {
      this(trainLoss, trainAccuracy, testLoss, testAccuracy, null);
    }

    /**
     * Of a network that was fitted to an image.
     *
     * @param error mean squared error of numbers in an interval of length 1
     */
    public static Scores ofFit(double error) {
      return new Scores(error, null, null, null, error > 0 ? -10 * Math.log10(error) : null);
    }
  }

  /** What became of a member, and why. */
  public record Fate(MemberStatus status, String reason) {}

  /**
   * What the publishers of a zoo say of a member; null what they do not say.
   *
   * @param imageId the image that the network represents
   * @param label of that image
   * @param split train, validation or test
   */
  public record Published(String imageId, Integer label, String split) implements Serializable {
    /** Of members that nobody published. */
    public static final Published NOTHING = new Published(null, null, null);
  }

  /** Identities of the settings and of the code that a row depends on. */
  public record Origin(String configHash, String codeVersion) implements Serializable {}
}
