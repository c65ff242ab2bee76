package io.gradzoo.engine.training;

import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.Architecture;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a batch into the groups that run through a program together: a group has one architecture,
 * that of the first example not yet taken. Its memory is kept from batch to batch.
 */
final class BatchGroups {
  private boolean[] taken = {};
  private int[] rows = {};
  private List<Example> examples = List.of();
  private int[] order = {};
  private int from;
  private int batch;
  private int first;
  private int count;

  /** Starts on the batch {@code order[newFrom … newFrom + newBatch)}. */
  void begin(List<Example> newExamples, int[] newOrder, int newFrom, int newBatch) {
    examples = newExamples;
    order = newOrder;
    from = newFrom;
    batch = newBatch;
    first = 0;
    if (taken.length < batch) {
      taken = new boolean[batch];
      rows = new int[batch];
    }
    Arrays.fill(taken, 0, batch, false);
  }

  /** Examples of the batch. */
  int batch() {
    return batch;
  }

  /** The architecture of the next group, or null after the last. */
  Architecture nextArchitecture() {
    while (first < batch && taken[first]) {
      first++;
    }
    return first == batch ? null : at(first).architecture();
  }

  /** Loads the next group, as many as fit, into a program of its architecture. */
  void load(Program program) {
    Architecture architecture = at(first).architecture();
    count = 0;
    for (int i = first; i < batch && count < program.capacity(); i++) {
      if (!taken[i] && at(i).architecture().equals(architecture)) {
        taken[i] = true;
        program.load(count, at(i).input());
        rows[count++] = order[from + i];
      }
    }
  }

  /** Examples in the group. */
  int count() {
    return count;
  }

  /** The index of the example in a slot. */
  int row(int slot) {
    return rows[slot];
  }

  private Example at(int i) {
    return examples.get(order[from + i]);
  }
}
