package io.gradzoo.engine.network.transformer;

import java.util.Locale;

/**
 * A set of neurons of a transformer (GradMetaNet App. B.2). Neurons are laid out in groups: those
 * of one group may be reordered without changing the network's function, groups may not. The
 * residual stream is one space for the whole depth, and one group; the channels of an attention
 * head are a group; vocabulary, positions and outputs have a meaning of their own and are groups of
 * one.
 *
 * @param kind what the neurons are
 * @param block block it belongs to, from 0; 0 for spaces of the whole network
 * @param groups number of groups
 * @param groupWidth neurons of a group
 */
public record Space(Kind kind, int block, int groups, int groupWidth) {
  /** The kind of a space of neurons. */
  public enum Kind {
    /** Tokens, as the rows of the token embedding. */
    VOCABULARY,
    /** Places in a sequence, as the rows of the position embedding. */
    POSITIONS,
    /** Channels of the residual stream. */
    RESIDUAL,
    /** Channels of a block's queries and keys, head by head: only their products matter. */
    KEYS,
    /** Channels of a block's values and of the merged heads, head by head. */
    VALUES,
    /** Hidden neurons of a block's feed-forward layer. */
    HIDDEN,
    /** Outputs. */
    OUTPUTS;

    /** Whether every block has a space of this kind. */
    public boolean ofBlock() {
      return this == KEYS || this == VALUES || this == HIDDEN;
    }
  }

  /** Neurons of the space. */
  public int width() {
    return groups * groupWidth;
  }

  /** Name in tables and messages: {@code residual}, {@code block1.values}. */
  public String name() {
    String text = kind.name().toLowerCase(Locale.ROOT);
    return kind.ofBlock() ? "block" + block + "." + text : text;
  }
}
