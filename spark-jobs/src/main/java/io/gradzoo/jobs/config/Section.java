package io.gradzoo.jobs.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One block of a config while it is read into a record. Every read checks type and range; what is
 * wrong goes to the shared {@link Problems} and a harmless value takes its place, so that one pass
 * finds every mistake. Keys that nobody has read by {@link #finish} are unknown.
 *
 * <p>Reading also builds the block's canonical form: the values as they were understood, whatever
 * the way they were written (1e-3 or 0.001).
 */
final class Section {
  private final ConfigObject object;
  private final String path;
  private final Problems problems;
  private final SortedMap<String, Object> canonical = new TreeMap<>();
  private final Set<String> wrong = new HashSet<>();

  Section(ConfigObject object, String path, Problems problems) {
    this.object = object;
    this.path = path;
    this.problems = problems;
  }

  /** A whole number in [least, most]. */
  long wholeNumber(String key, long least, long most) {
    String expected = "a whole number from " + least + " to " + most;
    long number = whole(key, value(key, expected), least, most, expected);
    canonical.put(key, number);
    return number;
  }

  /** A whole number in [least, most], both int. */
  int count(String key, int least, int most) {
    return Math.toIntExact(wholeNumber(key, least, most));
  }

  /** A finite number in [least, most]. */
  double number(String key, double least, double most) {
    String expected = "a number from " + Written.plain(least) + " to " + Written.plain(most);
    double number = real(key, value(key, expected), least, most, expected);
    canonical.put(key, number);
    return number;
  }

  /** {@code true} or {@code false}. */
  boolean flag(String key) {
    String expected = "true or false";
    ConfigValue value = value(key, expected);
    boolean flag = false;
    if (value != null) {
      String text = Written.scalar(value);
      if ("true".equals(text) || "false".equals(text)) {
        flag = Boolean.parseBoolean(text);
      } else {
        wrong(key, value, expected);
      }
    }
    canonical.put(key, flag);
    return flag;
  }

  /**
   * Text that the check accepts.
   *
   * @param expected the check in words
   */
  String text(String key, String expected, Predicate<String> check) {
    ConfigValue value = value(key, expected);
    String text = value == null ? null : Written.scalar(value);
    if (value != null && (text == null || !check.test(text))) {
      wrong(key, value, expected);
    }
    canonical.put(key, text == null ? "" : text);
    return text == null ? "" : text;
  }

  /** One of an enum's constants, written in lower case. */
  <E extends Enum<E>> E choice(String key, Class<E> type) {
    return choice(key, Arrays.asList(type.getEnumConstants()));
  }

  /** One of the given constants, written in lower case. */
  <E extends Enum<E>> E choice(String key, List<E> choices) {
    ConfigValue value = value(key, Written.oneOf(choices));
    E choice = value == null ? choices.get(0) : constant(key, value, choices);
    canonical.put(key, Written.name(choice));
    return choice;
  }

  /** One of the given words. */
  String word(String key, Collection<String> words) {
    String expected = "one of " + String.join(", ", words);
    ConfigValue value = value(key, expected);
    String word = value == null ? null : Written.scalar(value);
    if (value != null && (word == null || !words.contains(word))) {
      wrong(key, value, expected, word == null ? "" : Suggestions.didYouMean(word, words));
    }
    canonical.put(key, word == null ? "" : word);
    return word == null ? "" : word;
  }

  /** A list of one or more different constants of an enum. */
  <E extends Enum<E>> List<E> choices(String key, List<E> choices) {
    List<E> chosen = new ArrayList<>();
    for (ConfigValue element : elements(key, Written.oneOf(choices))) {
      E choice = constant(key, element, choices);
      if (chosen.contains(choice)) {
        report(key, element, Written.name(choice) + " stands here twice");
      }
      chosen.add(choice);
    }
    canonical.put(key, chosen.stream().map(Written::name).toList());
    return List.copyOf(chosen);
  }

  /** A list of one or more texts. */
  List<String> texts(String key, String expected) {
    List<String> texts = new ArrayList<>();
    for (ConfigValue element : elements(key, expected)) {
      String text = Written.scalar(element);
      if (text == null) {
        wrong(key, element, expected);
      } else {
        texts.add(text);
      }
    }
    canonical.put(key, List.copyOf(texts));
    return List.copyOf(texts);
  }

  /** A list of one or more whole numbers in [least, most], strictly increasing. */
  List<Integer> increasingCounts(String key, int least, int most) {
    String expected = "increasing whole numbers from " + least + " to " + most;
    List<Integer> counts = new ArrayList<>();
    for (ConfigValue element : elements(key, expected)) {
      int count = Math.toIntExact(whole(key, element, least, most, expected));
      if (!counts.isEmpty() && count <= counts.get(counts.size() - 1)) {
        wrong(key, element, expected);
      }
      counts.add(count);
    }
    canonical.put(key, List.copyOf(counts));
    return List.copyOf(counts);
  }

  /** A list of one or more numbers in [least, most]. */
  List<Double> numbers(String key, double least, double most) {
    String expected = "numbers from " + Written.plain(least) + " to " + Written.plain(most);
    List<Double> numbers = new ArrayList<>();
    for (ConfigValue element : elements(key, expected)) {
      numbers.add(real(key, element, least, most, expected));
    }
    canonical.put(key, List.copyOf(numbers));
    return List.copyOf(numbers);
  }

  /** Two numbers [low, high] with least ≤ low ≤ high ≤ most. */
  Interval interval(String key, double least, double most) {
    String expected =
        "two numbers [low, high] from "
            + Written.plain(least)
            + " to "
            + Written.plain(most)
            + ", low first";
    Interval interval = new Interval(least, most);
    ConfigValue value = value(key, expected);
    if (value instanceof ConfigList list && list.size() == 2) {
      double low = real(key, list.get(0), least, most, expected);
      double high = real(key, list.get(1), least, most, expected);
      if (low <= high) {
        interval = new Interval(low, high);
      } else {
        wrong(key, value, expected);
      }
    } else if (value != null) {
      wrong(key, value, expected);
    }
    canonical.put(key, List.of(interval.low(), interval.high()));
    return interval;
  }

  /** The block under a key. Where there is none, that is the one problem reported. */
  Section section(String key) {
    ConfigValue value = value(key, "a block { … }");
    boolean block = value instanceof ConfigObject;
    if (value != null && !block) {
      wrong(key, value, "a block { … }");
    }
    Section section =
        new Section(
            block ? (ConfigObject) value : ConfigFactory.empty().root(),
            path(key),
            block ? problems : new Problems());
    canonical.put(key, section.canonical);
    return section;
  }

  /**
   * A block of texts whose names the user chooses, names of nested blocks joined by dots. They may
   * be secrets: the canonical form has an empty block in their place.
   */
  SortedMap<String, String> secretTexts(String key) {
    SortedMap<String, String> texts = new TreeMap<>();
    Section block = section(key);
    block.object.toConfig().entrySet().stream()
        .filter(entry -> Written.scalar(entry.getValue()) == null)
        .forEach(
            entry ->
                block.wrong(
                    String.join(".", ConfigUtil.splitPath(entry.getKey())),
                    entry.getValue(),
                    "a text"));
    block.object.toConfig().entrySet().stream()
        .filter(entry -> Written.scalar(entry.getValue()) != null)
        .forEach(
            entry ->
                texts.put(
                    String.join(".", ConfigUtil.splitPath(entry.getKey())),
                    Written.scalar(entry.getValue())));
    return texts;
  }

  /** The names in this block, for blocks whose keys the user chooses; sorted. */
  List<String> names() {
    return object.keySet().stream().sorted().toList();
  }

  /** Records that two or more keys do not fit together, or another rule about one. */
  void problem(String key, String text) {
    report(key, object.get(key), text);
  }

  /** Whether the key was read and found wrong. */
  boolean wrong(String key) {
    return wrong.contains(key);
  }

  /** Ends the reading: keys nobody asked for are unknown. */
  void finish() {
    for (String key : names()) {
      if (!canonical.containsKey(key)) {
        problems.add(
            object.get(key),
            path(key),
            "unknown key" + Suggestions.didYouMean(key, canonical.keySet()));
      }
    }
  }

  /** The values as they were read; sorted by key, blocks as sorted maps. */
  SortedMap<String, Object> canonical() {
    return canonical;
  }

  private ConfigValue value(String key, String expected) {
    ConfigValue value = object.get(key);
    if (value == null || value.valueType() == ConfigValueType.NULL) {
      report(key, value, "expected " + expected + ", found nothing");
      return null;
    }
    return value;
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
      String text = Written.scalar(value);
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
      String text = Written.scalar(value);
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

  private <E extends Enum<E>> E constant(String key, ConfigValue value, List<E> choices) {
    String text = Written.scalar(value);
    for (E choice : choices) {
      if (Written.name(choice).equals(text)) {
        return choice;
      }
    }
    List<String> names = choices.stream().map(Written::name).toList();
    wrong(
        key,
        value,
        Written.oneOf(choices),
        text == null ? "" : Suggestions.didYouMean(text, names));
    return choices.get(0);
  }

  private void wrong(String key, ConfigValue value, String expected) {
    wrong(key, value, expected, "");
  }

  private void wrong(String key, ConfigValue value, String expected, String suggestion) {
    report(key, value, "expected " + expected + ", found " + Written.found(value) + suggestion);
  }

  private void report(String key, ConfigValue value, String text) {
    wrong.add(key);
    problems.add(value, path(key), text);
  }

  private String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
