package io.gradzoo.jobs.gradients;

/**
 * Room that the gradients of one layer take.
 *
 * @param sampleBytes of one sample's gradient as it is computed
 * @param storedBytes of one sample's gradient as it is stored; 0 if it is not
 * @param table where that is
 * @param parameters weights and biases of the layer
 */
record LayerSize(long sampleBytes, long storedBytes, GradientTable table, long parameters) {}
