package io.gradzoo.engine.network.recorded;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.Arrays;

/**
 * Samples that the classifiers of a tape are shown, and how far off the right classes they are.
 * Each network of a pass has as many, its own or the same.
 */
public final class ShownSamples {
  private final LayeredArchitecture architecture;
  private final int count;
  private final Tensor inputs;
  private final Tensor shares;
  private final float[] gathered;
  private final int[] labels;

  /**
   * Declares them.
   *
   * @param count of each network
   */
  public ShownSamples(Tape tape, LayeredArchitecture architecture, int count) {
    this.architecture = architecture;
    this.count = count;
    this.inputs = tape.input(count, architecture.input().size());
    this.shares = tape.input(count, architecture.outputs());
    this.gathered = new float[count * architecture.input().size()];
    this.labels = new int[count];
  }

  /**
   * Records the networks and their cross-entropies.
   *
   * @param parameters flat, [parameter count, 1]
   * @return [samples, 1]
   */
  public Tensor crossEntropies(Tape tape, Tensor parameters) {
    RecordedLayers layers = new RecordedLayers(tape, architecture, count, parameters, inputs);
    return tape.crossEntropy(layers.outputs(), shares);
  }

  /** Takes up the samples at {@code rows[first …]}, for the calls of {@link #show} to come. */
  public void gather(Samples from, int[] rows, int first) {
    from.gather(rows, first, count, gathered, labels);
  }

  /** Shows them to the network in a slot of the coming pass. */
  public void show(int slot) {
    System.arraycopy(gathered, 0, inputs.values(), slot * gathered.length, gathered.length);
    int classes = shares.width();
    int at = slot * count * classes;
    Arrays.fill(shares.values(), at, at + count * classes, 0f);
    for (int i = 0; i < count; i++) {
      shares.values()[at + i * classes + labels[i]] = 1f;
    }
  }
}
