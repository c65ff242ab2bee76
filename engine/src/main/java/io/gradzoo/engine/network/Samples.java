package io.gradzoo.engine.network;

import io.gradzoo.engine.fault.Fault;
import java.io.Serializable;

/**
 * Labelled samples in memory.
 *
 * @param shape shape of one input
 * @param classes number of classes
 * @param inputs [n, shape.size()], each sample channel-major
 * @param labels [n], each in 0 … classes − 1
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record Samples(Shape shape, int classes, float[] inputs, int[] labels)
    implements Serializable {
  public Samples {
    if (classes <= 0) {
      throw Fault.of("samples").expected("classes > 0").found(classes).exception();
    }
    if ((long) labels.length * shape.size() != inputs.length) {
      throw Fault.of("samples")
          .expected(
              labels.length
                  + " inputs of "
                  + shape
                  + " ("
                  + (long) labels.length * shape.size()
                  + " numbers)")
          .found(inputs.length)
          .exception();
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw Fault.of("samples")
            .expected("labels in 0…" + (classes - 1))
            .found(labels[i] + " at sample " + i)
            .exception();
      }
    }
  }

  /** Number of samples. */
  public int size() {
    return labels.length;
  }

  /** The samples at the given rows, in that order, as copies. */
  public Samples select(int... rows) {
    float[] chosenInputs = new float[Math.multiplyExact(rows.length, shape.size())];
    int[] chosenLabels = new int[rows.length];
    gather(rows, 0, rows.length, chosenInputs, chosenLabels);
    return new Samples(shape, classes, chosenInputs, chosenLabels);
  }

  /** Copies the samples at {@code rows[first] … rows[first + count − 1]} to the front of both. */
  public void gather(int[] rows, int first, int count, float[] toInputs, int[] toLabels) {
    int width = shape.size();
    for (int i = 0; i < count; i++) {
      int row = rows[first + i];
      System.arraycopy(inputs, row * width, toInputs, i * width, width);
      toLabels[i] = labels[row];
    }
  }
}
