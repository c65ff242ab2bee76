package io.gradzoo.jobs.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Builder of HTML text. Every attribute and every piece of text passes through {@link #escape}, so
 * that no name can become markup; elements are closed in the order they demand.
 */
final class Markup {
  /** Elements less deep than this end a line, so that the source can be read. */
  private static final int LINE_DEPTH = 6;

  private final StringBuilder text = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  Markup open(String element, String... attributes) {
    tag(element, attributes, ">");
    open.push(element);
    return this;
  }

  /** Closes the element opened last. */
  Markup close() {
    text.append("</").append(open.pop()).append('>');
    if (open.size() < LINE_DEPTH) {
      text.append('\n');
    }
    return this;
  }

  /** An element without content. */
  Markup empty(String element, String... attributes) {
    tag(element, attributes, "/>");
    return this;
  }

  /** An element with text alone. */
  Markup element(String element, String content, String... attributes) {
    return open(element, attributes).text(content).close();
  }

  /** Text, escaped. */
  Markup text(String content) {
    text.append(escape(content));
    return this;
  }

  /** A stylesheet of our own, as it is: a style element's content has no escapes. */
  Markup stylesheet(String css) {
    open("style");
    text.append(css);
    return close();
  }

  /** A script of our own, as it is. */
  Markup script(String javascript) {
    open("script");
    text.append(javascript);
    return close();
  }

  /**
   * JSON for a script of the page. Outside its strings it has none of the characters that could end
   * the element, and in them each has another form.
   */
  Markup data(String json) {
    open("script", "type", "application/json");
    allowed(json)
        .forEach(
            c -> {
              switch (c) {
                case '<', '>', '&', 0x2028, 0x2029 ->
                    text.append(String.format(Locale.ROOT, "\\u%04x", c));
                default -> text.appendCodePoint(c);
              }
            });
    return close();
  }

  /** What another builder made. */
  Markup add(Markup part) {
    text.append(part);
    return this;
  }

  /** The text so far; every element must be closed. */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return text.toString();
  }

  /** Text in which nothing can be taken for markup; characters that XML forbids are replaced. */
  static String escape(String content) {
    StringBuilder escaped = new StringBuilder(content.length() + 16);
    allowed(content)
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }

  private static IntStream allowed(String content) {
    return content.codePoints().map(c -> allowed(c) ? c : '\uFFFD');
  }

  private static boolean allowed(int c) {
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    boolean direction = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return !control && !surrogate && !direction && c != 0xfffe && c != 0xffff;
  }

  private void tag(String element, String[] attributes, String end) {
    text.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      text.append(' ').append(attributes[i]).append("=\"");
      text.append(escape(attributes[i + 1])).append('"');
    }
    text.append(end);
  }
}
