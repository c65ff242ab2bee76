package io.gradzoo.engine.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What texts were parsed to, so that equal texts share one object. Forgets the texts that were used
 * least recently, and texts that are refused.
 *
 * @param <T> immutable
 */
public final class ParsedTexts<T> {
  private static final int MOST = 1000;

  private final Function<String, T> parser;
  private final Map<String, T> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param parser of a text; throws if it is not understood
   */
  public ParsedTexts(Function<String, T> parser) {
    this.parser = parser;
  }

  /** What a text is parsed to. */
  public synchronized T parse(String text) {
    T parsed = known.get(text);
    if (parsed == null) {
      parsed = parser.apply(text);
      known.put(text, parsed);
    }
    return parsed;
  }
}
