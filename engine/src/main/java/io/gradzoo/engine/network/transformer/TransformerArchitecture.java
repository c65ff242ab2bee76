package io.gradzoo.engine.network.transformer;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.ParsedTexts;
import io.gradzoo.engine.network.TensorRange;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes of a small pre-LayerNorm transformer: token and learned position embeddings, blocks of
 * multi-head self-attention and a feed-forward layer, a last LayerNorm and a linear head.
 *
 * <p>Its text form is its identity, for instance {@code
 * transformer:v32:t8:d16:h4:f32:l2:gelu:causal:token32}: vocabulary, most tokens, width, heads,
 * hidden neurons, blocks, activation, mask, and what the head gives.
 *
 * @param vocabulary number of token ids
 * @param positions the most tokens of a sequence
 * @param width channels d of the residual stream
 * @param heads attention heads; they divide the width
 * @param hidden neurons of each feed-forward layer
 * @param blocks number L of blocks
 * @param activation of the feed-forward layers
 * @param mask what a token may attend to
 * @param readout what the head's outputs belong to
 * @param outputs numbers of one prediction
 */
public record TransformerArchitecture(
    int vocabulary,
    int positions,
    int width,
    int heads,
    int hidden,
    int blocks,
    HiddenActivation activation,
    Mask mask,
    SequenceReadout readout,
    int outputs)
    implements Architecture {

  /** The attention mask. */
  public enum Mask {
    /** Itself and the tokens before it. */
    CAUSAL,
    /** All tokens. */
    FULL
  }

  /** What a prediction belongs to. */
  public enum SequenceReadout {
    /** Each token. */
    TOKEN,
    /** The sequence: the head of the mean over tokens, which is the mean of the head's outputs. */
    MEAN
  }

  private static final ParsedTexts<TransformerArchitecture> PARSED =
      new ParsedTexts<>(TransformerArchitecture::parsed);

  private static final Pattern FORM =
      Pattern.compile(
          "transformer:v(\\d+):t(\\d+):d(\\d+):h(\\d+):f(\\d+):l(\\d+)"
              + ":(relu|gelu):(causal|full):(token|mean)(\\d+)");

  public TransformerArchitecture {
    requirePositive("vocabulary v", vocabulary);
    requirePositive("positions t", positions);
    requirePositive("width d", width);
    requirePositive("heads h", heads);
    requirePositive("hidden neurons f", hidden);
    requirePositive("blocks l", blocks);
    requirePositive("outputs", outputs);
    if (width % heads != 0) {
      throw Fault.of("transformer")
          .expected("heads that divide the width " + width)
          .found(heads + " heads")
          .exception();
    }
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException naming the part that is not understood
   */
  public static TransformerArchitecture parse(String id) {
    return PARSED.parse(id);
  }

  private static TransformerArchitecture parsed(String id) {
    Matcher form = FORM.matcher(id);
    if (!form.matches()) {
      throw fault(id).exception();
    }
    try {
      return new TransformerArchitecture(
          number(form, 1),
          number(form, 2),
          number(form, 3),
          number(form, 4),
          number(form, 5),
          number(form, 6),
          HiddenActivation.valueOf(upper(form.group(7))),
          Mask.valueOf(upper(form.group(8))),
          SequenceReadout.valueOf(upper(form.group(9))),
          number(form, 10));
    } catch (IllegalArgumentException e) {
      throw Fault.of("architecture '" + id + "'").because(e).exception();
    }
  }

  /**
   * An architecture as a transformer's, for code that handles this family only.
   *
   * @throws IllegalArgumentException if it is of another family
   */
  public static TransformerArchitecture from(Architecture architecture) {
    if (architecture instanceof TransformerArchitecture transformer) {
      return transformer;
    }
    throw Fault.of("network " + architecture.id()).expected("a transformer").exception();
  }

  /** The number of blocks. */
  @Override
  public int depth() {
    return blocks;
  }

  /** The text form, which {@link #parse} reads back. */
  @Override
  public String id() {
    return String.join(
        ":",
        "transformer",
        "v" + vocabulary,
        "t" + positions,
        "d" + width,
        "h" + heads,
        "f" + hidden,
        "l" + blocks,
        lower(activation),
        lower(mask),
        lower(readout) + outputs);
  }

  @Override
  public int parameterCount() {
    return layout().parameterCount();
  }

  @Override
  public List<TensorRange> tensors() {
    return layout().tensors().stream()
        .map(tensor -> new TensorRange(tensor.offset(), tensor.size()))
        .toList();
  }

  /** Where its parameters lie and which neurons they join. */
  public TransformerLayout layout() {
    return new TransformerLayout(this);
  }

  /** Predictions for a sequence of so many tokens. */
  public int predictions(int tokens) {
    return readout == SequenceReadout.TOKEN ? tokens : 1;
  }

  @Override
  public String toString() {
    return id();
  }

  /** It travels as its text. */
  private Object writeReplace() {
    return new TransformerText(id());
  }

  private record TransformerText(String id) implements Serializable {
    private Object readResolve() {
      return parse(id);
    }
  }

  /** What is wrong with the first part that does not fit. */
  private static Fault fault(String id) {
    String[] expected = {
      "transformer",
      "v\\d+",
      "t\\d+",
      "d\\d+",
      "h\\d+",
      "f\\d+",
      "l\\d+",
      "relu|gelu",
      "causal|full",
      "(token|mean)\\d+"
    };
    String[] words = {
      "transformer", "a vocabulary such as v32", "positions such as t8", "a width such as d16",
      "heads such as h4", "hidden neurons such as f32", "blocks such as l2", "relu or gelu",
      "causal or full", "a readout such as token32 or mean10"
    };
    String[] parts = id.split(":", -1);
    Fault fault = Fault.of("architecture '" + id + "'");
    for (int i = 0; i < expected.length; i++) {
      if (i >= parts.length || !parts[i].matches(expected[i])) {
        return fault.expected(words[i]).found(i < parts.length ? "'" + parts[i] + "'" : "the end");
      }
    }
    String rest = String.join(":", Arrays.copyOfRange(parts, words.length, parts.length));
    return fault.expected("nothing after %d parts", words.length).found("'" + rest + "'");
  }

  private static int number(Matcher form, int group) {
    try {
      return Integer.parseInt(form.group(group));
    } catch (NumberFormatException e) {
      throw Fault.here().expected("a number below 2³¹").found(form.group(group)).exception();
    }
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void requirePositive(String what, int value) {
    if (value <= 0) {
      throw Fault.of("transformer").expected(what + " > 0").found(value).exception();
    }
  }
}
