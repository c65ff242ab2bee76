package io.gradzoo.engine.network.transformer;

import io.gradzoo.engine.network.Vectors;
import java.util.List;
import java.util.SplittableRandom;

/** Transformers and probe sets for tests. */
public final class Transformers {
  /** Every choice of activation, mask and readout; odd sizes; one head and several. */
  public static final List<String> IDS =
      List.of(
          "transformer:v7:t5:d6:h2:f7:l2:gelu:causal:token7",
          "transformer:v7:t5:d6:h3:f5:l1:relu:full:mean3",
          "transformer:v5:t4:d4:h1:f9:l2:relu:causal:mean4",
          "transformer:v6:t6:d8:h4:f3:l3:gelu:full:token2");

  private Transformers() {}

  /** Random parameters with gains around 1. */
  public static float[] parameters(TransformerArchitecture architecture, long seed) {
    TransformerLayout layout = architecture.layout();
    float[] parameters = Vectors.gaussian(layout.parameterCount(), 0.5, seed);
    for (NamedTensor tensor : layout.tensors()) {
      if (tensor.name().endsWith(".gain")) {
        for (int i = 0; i < tensor.size(); i++) {
          parameters[tensor.offset() + i] += 1;
        }
      }
    }
    return parameters;
  }

  /** Sequences of lengths 1 … positions, over and over, of random tokens. */
  public static Sequences sequences(TransformerArchitecture architecture, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[][] sequences = new int[count][];
    for (int n = 0; n < count; n++) {
      int length = architecture.positions() - n % architecture.positions();
      sequences[n] = random.ints(length, 0, architecture.vocabulary()).toArray();
    }
    return Sequences.of(sequences);
  }

  /** Sequences that take every position, of random tokens. */
  public static Sequences fullSequences(
      TransformerArchitecture architecture, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[][] sequences = new int[count][];
    for (int n = 0; n < count; n++) {
      sequences[n] = random.ints(architecture.positions(), 0, architecture.vocabulary()).toArray();
    }
    return Sequences.of(sequences);
  }

  /** Predictions of all sequences together. */
  public static int predictions(TransformerArchitecture architecture, Sequences sequences) {
    return architecture.readout() == TransformerArchitecture.SequenceReadout.TOKEN
        ? sequences.elements()
        : sequences.size();
  }

  /** Tokens of one sequence. */
  public static int[] tokens(Sequences sequences, int n) {
    return java.util.Arrays.copyOfRange(
        sequences.tokens(), sequences.start(n), sequences.start(n) + sequences.length(n));
  }
}
