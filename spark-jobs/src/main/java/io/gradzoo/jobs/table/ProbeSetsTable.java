package io.gradzoo.jobs.table;

/**
 * Columns of {@code probe_sets}: one row for every set of samples that gradient sets are taken on.
 *
 * <p>{@code x} are the inputs as the networks see them, [samples, inputs] row-major. Of images,
 * {@code sample_ids} are positions among the split's and {@code y} the labels. Points have neither:
 * their {@code dataset} is points, and {@code preprocessing} says how they were drawn from {@code
 * seed}.
 */
public final class ProbeSetsTable {
  public static final String PROBE_SET_ID = "probe_set_id";
  public static final String DATASET = "dataset";
  public static final String SPLIT = "split";
  public static final String SAMPLE_IDS = "sample_ids";
  public static final String X = "x";
  public static final String Y = "y";
  public static final String PREPROCESSING = "preprocessing";
  public static final String SEED = "seed";

  public static final TableSchema SCHEMA =
      TableSchema.of(
          "probe_sets",
          1,
          """
          probe_set_id STRING, dataset STRING, split STRING, sample_ids ARRAY<BIGINT>,
          x ARRAY<FLOAT>, y ARRAY<INT>, preprocessing STRING, seed BIGINT
          """,
          PROBE_SET_ID);

  private ProbeSetsTable() {}
}
