package io.gradzoo.engine.network.recorded;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.Arrays;

/**
 * Samples that the classifiers of a tape are shown, and how far off the right classes they are. All
 * networks of a pass see the same, or each its own, as many.
 */
public final class ShownSamples {
  private final LayeredArchitecture architecture;
  private final int count;
  private final Tensor inputs;
  private final Tensor shares;
  private final float[] gathered;
  private final int[] labels;

  private ShownSamples(LayeredArchitecture architecture, Tensor inputs, Tensor shares) {
    this.architecture = architecture;
    this.count = inputs.rows();
    this.inputs = inputs;
    this.shares = shares;
    this.gathered = new float[count * inputs.width()];
    this.labels = new int[count];
  }

  /**
   * Declares samples that all networks of a pass see.
   *
   * @param count how many
   */
  public static ShownSamples toAll(Tape tape, LayeredArchitecture architecture, int count) {
    return new ShownSamples(
        architecture,
        tape.sharedInput(count, architecture.input().size()),
        tape.sharedInput(count, architecture.outputs()));
  }

  /**
   * Declares samples of each network's own.
   *
   * @param count of each network
   */
  public static ShownSamples toEach(Tape tape, LayeredArchitecture architecture, int count) {
    return new ShownSamples(
        architecture,
        tape.input(count, architecture.input().size()),
        tape.input(count, architecture.outputs()));
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

  /** Shows the samples at {@code rows[first …]} to all networks of the passes to come. */
  public void show(Samples from, int[] rows, int first) {
    show(0, from, rows, first);
  }

  /** Shows them to the network in a slot of the coming pass, where each has its own. */
  public void show(int slot, Samples from, int[] rows, int first) {
    from.gather(rows, first, count, gathered, labels);
    System.arraycopy(gathered, 0, inputs.values(), slot * gathered.length, gathered.length);
    int classes = shares.width();
    int at = slot * count * classes;
    Arrays.fill(shares.values(), at, at + count * classes, 0f);
    for (int i = 0; i < count; i++) {
      shares.values()[at + i * classes + labels[i]] = 1f;
    }
  }
}
