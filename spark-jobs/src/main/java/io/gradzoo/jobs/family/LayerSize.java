package io.gradzoo.jobs.family;

/**
 * Room that the gradients of one layer take.
 *
 * @param sampleBytes of one sample's gradient as it is computed
 * @param storedBytes of one sample's gradient as it is stored; 0 if it is not
 * @param form in which that is
 * @param parameters weights and biases of the layer
 */
public record LayerSize(long sampleBytes, long storedBytes, StoredForm form, long parameters) {

  /** Forms of stored gradients. */
  public enum StoredForm {
    /** Factors, or full gradients. */
    FACTORS,
    /** The best approximations of a rank. */
    LOW_RANK
  }
}
