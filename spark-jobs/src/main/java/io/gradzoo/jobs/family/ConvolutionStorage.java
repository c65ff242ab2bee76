package io.gradzoo.jobs.family;

import io.gradzoo.jobs.config.block.Section;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept of a convolution's sample gradients beside their moments.
 *
 * @param kind of representation
 * @param rank of the low-rank gradients; 0 with the others
 */
public record ConvolutionStorage(Representation kind, int rank) implements Serializable {
  private static final String WORDS = "moments, full, maps or lowrank followed by a rank: lowrank4";
  private static final Pattern LOW_RANK = Pattern.compile("lowrank([1-9]\\d{0,3})");

  /** The representations. */
  public enum Representation {
    /** Nothing. */
    MOMENTS,
    /** Full gradients, positions summed. */
    FULL,
    /** Input maps and the signals at every position: exact factors, for these layers the larger. */
    MAPS,
    /** The best approximations of a rank. */
    LOWRANK
  }

  /** Reads a key. What is wrong is recorded in the section. */
  public static ConvolutionStorage read(Section section, String key) {
    return parse(section.text(key, WORDS, text -> parse(text) != null));
  }

  /** Whether sample gradients of convolutions are kept, and not their moments alone. */
  public boolean keepsConvolutions() {
    return kind != Representation.MOMENTS;
  }

  private static ConvolutionStorage parse(String text) {
    Matcher lowRank = LOW_RANK.matcher(text);
    if (lowRank.matches()) {
      return new ConvolutionStorage(Representation.LOWRANK, Integer.parseInt(lowRank.group(1)));
    }
    return switch (text) {
      case "moments" -> new ConvolutionStorage(Representation.MOMENTS, 0);
      case "full" -> new ConvolutionStorage(Representation.FULL, 0);
      case "maps" -> new ConvolutionStorage(Representation.MAPS, 0);
      default -> null;
    };
  }
}
