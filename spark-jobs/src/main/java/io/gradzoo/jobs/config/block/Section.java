package io.gradzoo.jobs.config.block;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.gradzoo.engine.fault.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One block of a config while it is read into a record. Every read checks type and range; what is
 * wrong goes to the shared {@link Problems} and a harmless value takes its place, so that one pass
 * finds every mistake. Keys that have not been read by {@link #finish} are unknown.
 *
 * <p>The reader of a key states what it affects: a section has effects, which are those of every
 * key read from it, and {@link #affecting} gives the same block with others.
 *
 * <p>Reading also keeps the values as they were understood, whatever the way they were written
 * (1e-3 or 0.001).
 */
public final class Section {
  private final ConfigBlock block;
  private final Effects effects;
  private final String former;

  /**
   * @param effects of the keys that are read from it
   */
  Section(ConfigBlock block, Effects effects) {
    this(block, effects, null);
  }

  private Section(ConfigBlock block, Effects effects, String former) {
    this.block = block;
    this.effects = effects;
    this.former = former;
  }

  /**
   * The block of everything.
   *
   * @param log where the values and what is wrong are kept
   * @param effects of the keys that are read from it
   */
  public static Section root(ConfigObject object, ReadLog log, Effects effects) {
    return new Section(new ConfigBlock(object, "", log), effects);
  }

  /** The same block, for reading keys that affect something else. */
  public Section affecting(Effects others) {
    return new Section(block, others, former);
  }

  /**
   * The same block, for reading one key that had another name: configs may still have it under that
   * name, which is worth a warning.
   */
  public Section formerly(String name) {
    return new Section(block, effects, name);
  }

  /** A whole number in [least, most]. */
  public long wholeNumber(String key, long least, long most) {
    String expected = "a whole number from " + least + " to " + most;
    long number = whole(key, value(key, expected), least, most, expected);
    keep(key, number);
    return number;
  }

  /** A whole number in [least, most], both int. */
  public int count(String key, int least, int most) {
    return Math.toIntExact(wholeNumber(key, least, most));
  }

  /** An even number in [least, most], both int. */
  public int evenCount(String key, int least, int most) {
    int count = count(key, least, most);
    if (count % 2 != 0) {
      problem(key, Fault.here().expected("an even number").found(count));
    }
    return count;
  }

  /** A finite number in [least, most]. */
  public double number(String key, double least, double most) {
    String expected =
        "a number from " + ConfigSpelling.plain(least) + " to " + ConfigSpelling.plain(most);
    double number = real(key, value(key, expected), least, most, expected);
    keep(key, number);
    return number;
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key) {
    String expected = "true or false";
    ConfigValue value = value(key, expected);
    boolean flag = false;
    if (value != null) {
      String text = ConfigSpelling.scalar(value);
      if ("true".equals(text) || "false".equals(text)) {
        flag = Boolean.parseBoolean(text);
      } else {
        wrong(key, value, expected);
      }
    }
    keep(key, flag);
    return flag;
  }

  /**
   * Text that the check accepts.
   *
   * @param expected the check in words
   */
  public String text(String key, String expected, Predicate<String> check) {
    ConfigValue value = value(key, expected);
    String text = value == null ? null : ConfigSpelling.scalar(value);
    if (value != null && (text == null || !check.test(text))) {
      wrong(key, value, expected);
    }
    keep(key, text == null ? "" : text);
    return text == null ? "" : text;
  }

  /** One of an enum's constants, written in lower case. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    return choice(key, Arrays.asList(type.getEnumConstants()));
  }

  /** One of the given constants, written in lower case. */
  public <E extends Enum<E>> E choice(String key, List<E> choices) {
    return choice(key, choices, ConfigSpelling::name);
  }

  /** One of the given values, by its name; the first if the text is none of them. */
  public <T> T choice(String key, List<T> choices, Function<T, String> name) {
    ConfigValue value = value(key, oneOf(choices, name));
    T choice = value == null ? choices.get(0) : named(key, value, choices, name);
    keep(key, name.apply(choice));
    return choice;
  }

  /** One of the given words. */
  public String word(String key, Collection<String> words) {
    String expected = "one of " + String.join(", ", words);
    ConfigValue value = value(key, expected);
    String word = value == null ? null : ConfigSpelling.scalar(value);
    if (value != null && (word == null || !words.contains(word))) {
      wrong(key, value, expected, word == null ? "" : Suggestions.didYouMean(word, words));
    }
    keep(key, word == null ? "" : word);
    return word == null ? "" : word;
  }

  /** A list of one or more different constants of an enum. */
  public <E extends Enum<E>> List<E> choices(String key, List<E> choices) {
    List<E> chosen = new ArrayList<>();
    for (ConfigValue element : elements(key, oneOf(choices, ConfigSpelling::name))) {
      E choice = named(key, element, choices, ConfigSpelling::name);
      if (chosen.contains(choice)) {
        block.report(
            key, element, Fault.here().found(ConfigSpelling.name(choice) + " stands here twice"));
      }
      chosen.add(choice);
    }
    keep(key, chosen.stream().map(ConfigSpelling::name).toList());
    return List.copyOf(chosen);
  }

  /** A list of one or more texts. */
  public List<String> texts(String key, String expected) {
    List<String> texts = new ArrayList<>();
    for (ConfigValue element : elements(key, expected)) {
      String text = ConfigSpelling.scalar(element);
      if (text == null) {
        wrong(key, element, expected);
      } else {
        texts.add(text);
      }
    }
    keep(key, List.copyOf(texts));
    return List.copyOf(texts);
  }

  /** A list of one or more whole numbers in [least, most], strictly increasing. */
  public List<Integer> increasingCounts(String key, int least, int most) {
    String expected = "increasing whole numbers from " + least + " to " + most;
    List<Integer> counts = new ArrayList<>();
    for (ConfigValue element : elements(key, expected)) {
      int count = Math.toIntExact(whole(key, element, least, most, expected));
      if (!counts.isEmpty() && count <= counts.get(counts.size() - 1)) {
        wrong(key, element, expected);
      }
      counts.add(count);
    }
    keep(key, List.copyOf(counts));
    return List.copyOf(counts);
  }

  /** A list of one or more numbers in [least, most]. */
  public List<Double> numbers(String key, double least, double most) {
    String expected =
        "numbers from " + ConfigSpelling.plain(least) + " to " + ConfigSpelling.plain(most);
    List<Double> numbers = new ArrayList<>();
    for (ConfigValue element : elements(key, expected)) {
      numbers.add(real(key, element, least, most, expected));
    }
    keep(key, List.copyOf(numbers));
    return List.copyOf(numbers);
  }

  /**
   * Two numbers [low, high] with least ≤ low ≤ high ≤ most, and behind them the distribution if it
   * is another than the usual one.
   *
   * @param usual its distribution where none is named
   */
  public Interval interval(String key, double least, double most, Interval.Spacing usual) {
    String expected =
        "two numbers [low, high] from "
            + ConfigSpelling.plain(least)
            + " to "
            + ConfigSpelling.plain(most)
            + ", low first";
    Interval interval = new Interval(Math.max(least, Double.MIN_NORMAL), most, usual);
    ConfigValue value = value(key, expected);
    if (value instanceof ConfigList list && (list.size() == 2 || list.size() == 3)) {
      double low = real(key, list.get(0), least, most, expected);
      double high = real(key, list.get(1), least, most, expected);
      Interval.Spacing spacing =
          list.size() == 2
              ? usual
              : named(key, list.get(2), List.of(Interval.Spacing.values()), ConfigSpelling::name);
      if (low <= high && (spacing == Interval.Spacing.UNIFORM || low > 0)) {
        interval = new Interval(low, high, spacing);
      } else {
        wrong(key, value, expected + (low <= high ? ", above 0 for log_uniform" : ""));
      }
    } else if (value != null) {
      wrong(key, value, expected);
    }
    List<Object> canonical = new ArrayList<>(List.of(interval.low(), interval.high()));
    if (interval.spacing() != usual) {
      canonical.add(ConfigSpelling.name(interval.spacing()));
    }
    keep(key, List.copyOf(canonical));
    return interval;
  }

  /** The block under a key, with keys that affect the same. */
  public Section section(String key) {
    return section(key, effects);
  }

  /** The block under a key. Where there is none, that is the one problem reported. */
  public Section section(String key, Effects others) {
    return new Section(block.block(key), others);
  }

  /**
   * A block of texts whose names the user chooses, names of nested blocks joined by dots. They may
   * be secrets: the canonical form has an empty block in their place.
   */
  public SortedMap<String, String> secretTexts(String key) {
    keep(key, Map.of());
    return block.block(key).texts();
  }

  /** The names in this block, for blocks whose keys the user chooses; sorted. */
  public List<String> names() {
    return block.names();
  }

  /** The path of a key below the root. */
  public String path(String key) {
    return block.path(key);
  }

  /** Records that two or more keys do not fit together, or another rule about one. */
  public void problem(String key, Fault fault) {
    block.problem(key, fault);
  }

  /** Whether the key was read and found wrong. */
  public boolean wrong(String key) {
    return block.wrong(key);
  }

  /** Ends the reading: keys that were not read are unknown. */
  public void finish() {
    block.finish();
  }

  private ConfigValue value(String key, String expected) {
    return former == null ? block.value(key, expected) : block.value(key, former, expected);
  }

  private void keep(String key, Object value) {
    block.keep(key, block.wrong(key) ? null : value, effects);
  }

  private List<ConfigValue> elements(String key, String expected) {
    ConfigValue value = value(key, "a list of " + expected);
    if (value instanceof ConfigList list && !list.isEmpty()) {
      return list;
    }
    if (value != null) {
      wrong(key, value, "a list of " + expected);
    }
    return List.of();
  }

  private long whole(String key, ConfigValue value, long least, long most, String expected) {
    if (value == null) {
      return least;
    }
    try {
      String text = ConfigSpelling.scalar(value);
      long number = Long.parseLong(text == null ? "" : text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for everything that is no such number.
    }
    wrong(key, value, expected);
    return least;
  }

  private double real(String key, ConfigValue value, double least, double most, String expected) {
    if (value == null) {
      return least;
    }
    try {
      String text = ConfigSpelling.scalar(value);
      double number = Double.parseDouble(text == null ? "" : text);
      if (number >= least && number <= most) {
        return number == 0 ? 0 : number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for everything that is no such number.
    }
    wrong(key, value, expected);
    return least;
  }

  private <T> T named(String key, ConfigValue value, List<T> choices, Function<T, String> name) {
    String text = ConfigSpelling.scalar(value);
    for (T choice : choices) {
      if (name.apply(choice).equals(text)) {
        return choice;
      }
    }
    List<String> names = choices.stream().map(name).toList();
    wrong(
        key, value, oneOf(choices, name), text == null ? "" : Suggestions.didYouMean(text, names));
    return choices.get(0);
  }

  private static <T> String oneOf(List<T> choices, Function<T, String> name) {
    return choices.stream().map(name).collect(Collectors.joining(", ", "one of ", ""));
  }

  private void wrong(String key, ConfigValue value, String expected) {
    wrong(key, value, expected, "");
  }

  private void wrong(String key, ConfigValue value, String expected, String suggestion) {
    block.report(
        key,
        value,
        Fault.here().expected(expected).found(ConfigSpelling.found(value) + suggestion));
  }
}
