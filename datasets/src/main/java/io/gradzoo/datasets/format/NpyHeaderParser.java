package io.gradzoo.datasets.format;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the Python dictionary in an npy header: exactly the keys {@code descr}, {@code
 * fortran_order} and {@code shape}, once each, in any order. It knows strings, {@code True}, {@code
 * False} and tuples of integers, and nothing is ever evaluated.
 */
final class NpyHeaderParser {
  private static final String FIX = "write the file again with numpy.save";

  /** numpy's own limit on the number of axes. */
  private static final int MOST_AXES = 64;

  private final Place place;
  private final String text;
  private final int textStart;
  private int at;

  private ElementType type;
  private ByteOrder order;
  private Boolean columnMajor;
  private List<Long> shape;

  /**
   * @param textStart offset of the text in the file, for messages
   */
  NpyHeaderParser(Place place, String text, int textStart) {
    this.place = place;
    this.text = text;
    this.textStart = textStart;
  }

  NpyHeader parse() {
    take('{');
    boolean more = !tryTake('}');
    while (more) {
      entry();
      boolean comma = tryTake(',');
      more = !tryTake('}');
      if (more && !comma) {
        throw fault("',' or '}'");
      }
    }
    skipSpace();
    if (at < text.length()) {
      throw fault("the end of the header");
    }
    requireKey(type != null, "descr");
    requireKey(columnMajor != null, "fortran_order");
    requireKey(shape != null, "shape");
    requireCountable();
    return new NpyHeader(type, order, columnMajor, shape, textStart + text.length());
  }

  private void entry() {
    skipSpace();
    int keyStart = at;
    String key = string();
    take(':');
    skipSpace();
    boolean repeated =
        switch (key) {
          case "descr" -> type != null;
          case "fortran_order" -> columnMajor != null;
          case "shape" -> shape != null;
          default -> true;
        };
    if (repeated) {
      at = keyStart;
      throw fault("the keys 'descr', 'fortran_order' and 'shape', once each");
    }
    switch (key) {
      case "descr" -> description();
      case "fortran_order" -> columnMajor = bool();
      default -> shape = tuple();
    }
  }

  private void description() {
    int start = at;
    String description = text.startsWith("[", at) ? "[" : string();
    for (ElementType candidate : ElementType.values()) {
      if (description.equals("<" + candidate.code())) {
        type = candidate;
        order = ByteOrder.LITTLE_ENDIAN;
      } else if (description.equals(">" + candidate.code())) {
        type = candidate;
        order = ByteOrder.BIG_ENDIAN;
      }
    }
    if (type == null) {
      at = start;
      throw fault("one of '<f2' '<f4' '<f8' '<i4' '<i8' '>f2' '>f4' '>f8' '>i4' '>i8'");
    }
  }

  private boolean bool() {
    for (String literal : List.of("True", "False")) {
      if (text.startsWith(literal, at)) {
        at += literal.length();
        return literal.equals("True");
      }
    }
    throw fault("True or False");
  }

  private List<Long> tuple() {
    take('(');
    List<Long> sizes = new ArrayList<>();
    boolean comma = true;
    while (!tryTake(')')) {
      if (!comma || sizes.size() == MOST_AXES) {
        throw fault(comma ? "at most " + MOST_AXES + " axes" : "',' or ')'");
      }
      sizes.add(integer());
      comma = tryTake(',');
    }
    if (sizes.size() == 1 && !comma) {
      at--;
      throw fault("',' in a tuple of one");
    }
    return List.copyOf(sizes);
  }

  private long integer() {
    skipSpace();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String digits = text.substring(start, at);
    boolean plain = !digits.isEmpty() && (digits.length() == 1 || !digits.startsWith("0"));
    if (!plain || digits.length() > 18) {
      at = start;
      throw fault("an axis' size, 0 to 10^18");
    }
    return Long.parseLong(digits);
  }

  private String string() {
    char quote = at < text.length() ? text.charAt(at) : ' ';
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
    if (end < 0) {
      throw fault("a quoted string");
    }
    String content = text.substring(at + 1, end);
    at = end + 1;
    return content;
  }

  /** Python's dtype sizes multiply to a count that must not overflow, even beside an axis of 0. */
  private void requireCountable() {
    try {
      long bytes = type.bytes();
      for (long size : shape) {
        bytes = size == 0 ? bytes : Math.multiplyExact(bytes, size);
      }
    } catch (ArithmeticException e) {
      throw place
          .atByte(textStart)
          .fault("a shape of fewer than 2^63 bytes", Place.quote(shape.toString()), FIX);
    }
  }

  private void requireKey(boolean present, String key) {
    if (!present) {
      throw place
          .atByte(textStart)
          .fault("the key '" + key + "' in the header", Place.quote(text.strip()), FIX);
    }
  }

  private void take(char symbol) {
    if (!tryTake(symbol)) {
      throw fault("'" + symbol + "'");
    }
  }

  private boolean tryTake(char symbol) {
    skipSpace();
    boolean there = at < text.length() && text.charAt(at) == symbol;
    at += there ? 1 : 0;
    return there;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private DataException fault(String expected) {
    String rest = text.substring(Math.min(at, text.length())).stripTrailing();
    String found = rest.isEmpty() ? "the end of the header" : Place.quote(rest);
    return place.atByte((long) textStart + at).fault(expected, found, FIX);
  }
}
