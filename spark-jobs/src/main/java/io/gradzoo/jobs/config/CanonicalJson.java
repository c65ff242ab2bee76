package io.gradzoo.jobs.config;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** JSON of sorted maps, lists, texts, numbers and booleans: one text for one value. */
final class CanonicalJson {
  private CanonicalJson() {}

  /** Without white space, for hashing. */
  static String compact(SortedMap<String, Object> map) {
    StringBuilder out = new StringBuilder();
    write(out, map, null);
    return out.toString();
  }

  /** One value, without white space. */
  static String text(Object value) {
    StringBuilder out = new StringBuilder();
    write(out, value, null);
    return out.toString();
  }

  /** Two spaces a level, lists on one line, for people. */
  static String indented(SortedMap<String, Object> map) {
    StringBuilder out = new StringBuilder();
    write(out, map, "\n");
    return out.toString();
  }

  private static void write(StringBuilder out, Object value, String lineBreak) {
    if (value instanceof Map<?, ?> map) {
      writeMap(out, map, lineBreak);
    } else if (value instanceof List<?> list) {
      writeList(out, list, lineBreak);
    } else if (value instanceof String text) {
      writeText(out, text);
    } else {
      out.append(value);
    }
  }

  private static void writeMap(StringBuilder out, Map<?, ?> map, String lineBreak) {
    String inner = lineBreak == null ? null : lineBreak + "  ";
    out.append('{');
    for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        entries.hasNext(); ) {
      Map.Entry<?, ?> entry = entries.next();
      out.append(inner == null ? "" : inner);
      writeText(out, (String) entry.getKey());
      out.append(inner == null ? ":" : ": ");
      write(out, entry.getValue(), inner);
      out.append(entries.hasNext() ? "," : "");
    }
    out.append(lineBreak == null || map.isEmpty() ? "" : lineBreak).append('}');
  }

  private static void writeList(StringBuilder out, List<?> list, String lineBreak) {
    out.append('[');
    for (Iterator<?> elements = list.iterator(); elements.hasNext(); ) {
      write(out, elements.next(), lineBreak);
      out.append(elements.hasNext() ? lineBreak == null ? "," : ", " : "");
    }
    out.append(']');
  }

  private static void writeText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        default -> {
          if (c < ' ' || c > '~') {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
