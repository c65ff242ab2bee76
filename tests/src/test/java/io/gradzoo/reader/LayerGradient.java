package io.gradzoo.reader;

/**
 * The gradient of one sample in one layer.
 *
 * @param a what the layer read, or null: [in], [tokens, in] or a map [channels, height, width]
 * @param g derivatives by what it gave: [out], [tokens, out] or [positions, out]
 * @param ids of an embedding the rows that were read, [tokens]; else null
 * @param dw gradient of the weights in their order
 * @param db gradient of the biases; empty of an embedding
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record LayerGradient(double[] a, double[] g, int[] ids, double[] dw, double[] db) {}
