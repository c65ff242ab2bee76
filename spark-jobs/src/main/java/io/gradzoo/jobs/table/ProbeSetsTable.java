package io.gradzoo.jobs.table;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Columns of {@code probe_sets}: one row for every set of samples that gradient sets are taken on.
 *
 * <p>{@code x} are the inputs as the networks see them, [samples, inputs] row-major. Of images,
 * {@code sample_ids} are positions among the split's, {@code image_ids} positions in the whole
 * image set, {@code test_image_ids} those of all images of the split, and {@code y} the labels.
 * Points have neither: their {@code dataset} is points, and {@code preprocessing} says how they
 * were drawn from {@code seed}.
 */
public final class ProbeSetsTable {
  public static final String PROBE_SET_ID = "probe_set_id";
  public static final String DATASET = "dataset";
  public static final String SPLIT = "split";
  public static final String SAMPLE_IDS = "sample_ids";
  public static final String IMAGE_IDS = "image_ids";
  public static final String TEST_IMAGE_IDS = "test_image_ids";
  public static final String X = "x";
  public static final String Y = "y";
  public static final String PREPROCESSING = "preprocessing";
  public static final String SEED = "seed";

  public static final TableSchema SCHEMA =
      TableSchema.of(
              "probe_sets",
              2,
              """
              probe_set_id STRING, dataset STRING, split STRING, sample_ids ARRAY<BIGINT>,
              image_ids ARRAY<BIGINT>, test_image_ids ARRAY<BIGINT>,
              x ARRAY<FLOAT>, y ARRAY<INT>, preprocessing STRING, seed STRING
              """,
              PROBE_SET_ID)
          .with(new TableSchema.ColumnChange(2, SEED, SEED, "CAST(seed AS STRING)"))
          .withAdded(2, IMAGE_IDS, TEST_IMAGE_IDS);

  private static final String TEST = "test";

  private ProbeSetsTable() {}

  /**
   * A row.
   *
   * @param dataset name of the image set, or points
   * @param images which images; null of points
   * @param x inputs, [samples, inputs]
   * @param y labels, [samples]; null of points
   * @param preprocessing how the inputs came about, JSON
   * @param seed they were divided or drawn with
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  public record ProbeSetRow(
      String probeSetId,
      String dataset,
      TestImages images,
      float[] x,
      int[] y,
      String preprocessing,
      long seed) {

    /** Of a row of the table. */
    public static ProbeSetRow of(Row row) {
      Cells cells = new Cells(row);
      long[] samples = cells.longs(SAMPLE_IDS);
      return new ProbeSetRow(
          cells.text(PROBE_SET_ID),
          cells.text(DATASET),
          samples == null
              ? null
              : new TestImages(samples, cells.longs(IMAGE_IDS), cells.longs(TEST_IMAGE_IDS)),
          cells.floats(X),
          cells.ints(Y),
          cells.text(PREPROCESSING),
          cells.seed(SEED));
    }

    /** The row in the table's columns. */
    public Row toRow() {
      return RowFactory.create(
          probeSetId,
          dataset,
          images == null ? null : TEST,
          images == null ? null : images.sampleIds,
          images == null ? null : images.imageIds,
          images == null ? null : images.testImageIds,
          x,
          y,
          preprocessing,
          Long.toString(seed));
    }
  }

  /**
   * Which images a probe set has.
   *
   * @param sampleIds positions among the test images, [samples]
   * @param imageIds positions in the image set, [samples]; null of tables of version 1
   * @param testImageIds positions of all test images in the image set; null of these too
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record TestImages(long[] sampleIds, long[] imageIds, long[] testImageIds)
      implements Serializable {}
}
