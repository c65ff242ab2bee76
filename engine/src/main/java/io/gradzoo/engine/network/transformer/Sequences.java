package io.gradzoo.engine.network.transformer;

import io.gradzoo.engine.fault.Fault;

/**
 * Sequences of tokens, one after the other: the probe set of a transformer.
 *
 * @param tokens ids of all sequences
 * @param starts [sequences + 1]: where each begins in {@code tokens}, and where the last ends
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record Sequences(int[] tokens, int[] starts) {
  public Sequences {
    if (starts.length < 2) {
      throw Fault.of("sequences").expected("at least one").found("none").exception();
    }
    if (starts[0] != 0 || starts[starts.length - 1] != tokens.length) {
      throw Fault.of("sequences")
          .expected("starts from 0 to " + tokens.length + ", the number of tokens")
          .exception();
    }
    for (int n = 0; n + 1 < starts.length; n++) {
      if (starts[n + 1] <= starts[n]) {
        throw Fault.of("sequence " + n).expected("at least one token").found("none").exception();
      }
    }
  }

  /** Puts sequences one after the other. */
  public static Sequences of(int[]... sequences) {
    int[] starts = new int[sequences.length + 1];
    for (int n = 0; n < sequences.length; n++) {
      starts[n + 1] = starts[n] + sequences[n].length;
    }
    int[] tokens = new int[starts[sequences.length]];
    for (int n = 0; n < sequences.length; n++) {
      System.arraycopy(sequences[n], 0, tokens, starts[n], sequences[n].length);
    }
    return new Sequences(tokens, starts);
  }

  /** Number of sequences. */
  public int size() {
    return starts.length - 1;
  }

  /** Number of tokens of all sequences. */
  public int elements() {
    return tokens.length;
  }

  /** Index of a sequence's first token among all. */
  public int start(int sequence) {
    return starts[sequence];
  }

  /** Tokens of a sequence. */
  public int length(int sequence) {
    return starts[sequence + 1] - starts[sequence];
  }

  /** Position of every token in its sequence, [tokens]. */
  public int[] positions() {
    int[] positions = new int[tokens.length];
    for (int n = 0; n < size(); n++) {
      for (int t = 0; t < length(n); t++) {
        positions[start(n) + t] = t;
      }
    }
    return positions;
  }

  /**
   * Checks the sequences against what a transformer can read.
   *
   * @throws IllegalArgumentException naming the first sequence that is too long or has an unknown
   *     token
   */
  public void requireFit(TransformerArchitecture architecture) {
    for (int n = 0; n < size(); n++) {
      requireFit(architecture, n);
    }
  }

  /** Checks one sequence. */
  void requireFit(TransformerArchitecture architecture, int n) {
    if (length(n) > architecture.positions()) {
      throw fault(architecture, n)
          .expected("at most %d tokens", architecture.positions())
          .found(length(n))
          .fix("cut the sequence")
          .exception();
    }
    for (int t = 0; t < length(n); t++) {
      int token = tokens[starts[n] + t];
      if (token < 0 || token >= architecture.vocabulary()) {
        throw fault(architecture, n)
            .expected("tokens in 0…%d", architecture.vocabulary() - 1)
            .found("%d at position %d", token, t)
            .exception();
      }
    }
  }

  private static Fault fault(TransformerArchitecture architecture, int n) {
    return Fault.of("sequence " + n + " for " + architecture);
  }
}
