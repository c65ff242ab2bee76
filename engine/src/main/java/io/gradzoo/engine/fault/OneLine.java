package io.gradzoo.engine.fault;

/** Text from anywhere as a message may show it: one printable line of a bounded length. */
public final class OneLine {
  /** The most characters that are shown of a text. */
  static final int LONGEST = 4096;

  private OneLine() {}

  /**
   * The text on one line: a replacement character for everything that would break the line or
   * change how the rest of it is shown, and an ellipsis for what is beyond {@value #LONGEST}
   * characters.
   */
  public static String of(String text) {
    boolean cut = text.length() > LONGEST;
    StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST) + 1);
    (cut ? text.substring(0, LONGEST - 1) : text)
        .codePoints()
        .forEach(c -> line.appendCodePoint(printable(c) ? c : '\uFFFD'));
    return cut ? line.append('…').toString() : line.toString();
  }

  /** Neither a control or format character, nor a line break, nor half a surrogate pair. */
  private static boolean printable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
