package io.gradzoo.jobs.config.block;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.gradzoo.engine.fault.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One block of a config: which of its keys were read, under which names, and which were wrong. A
 * {@link Section} knows the values' types.
 */
final class ConfigBlock {
  private final ConfigObject object;
  private final String path;
  private final ReadLog log;
  private final Set<String> known = new HashSet<>();
  private final Set<String> formerNames = new HashSet<>();
  private final Set<String> wrong = new HashSet<>();

  ConfigBlock(ConfigObject object, String path, ReadLog log) {
    this.object = object;
    this.path = path;
    this.log = log;
  }

  /** What stands under a key; null, which is a problem, if nothing does. */
  ConfigValue value(String key, String expected) {
    known.add(key);
    ConfigValue value = object.get(key);
    if (value == null || value.valueType() == ConfigValueType.NULL) {
      report(key, value, Fault.here().expected(expected).found("nothing"));
      return null;
    }
    return value;
  }

  /**
   * What stands under a key or, with a warning, under the name it had before.
   *
   * @param former a key that configs may still have; giving both is a problem
   */
  ConfigValue value(String key, String former, String expected) {
    ConfigValue old = object.get(former);
    ConfigValue now = object.get(key);
    if (old == null) {
      return value(key, expected);
    }
    known.add(key);
    formerNames.add(former);
    if (now != null && !Layers.isDefault(now)) {
      report(
          former,
          old,
          Fault.here().expected("one of this and %s, its name now", path(key)).found("both"));
    }
    log.problems().warn(old, path(former), "this key is called " + path(key) + " now");
    return old;
  }

  /** Keeps a value as it was understood; null if it was not. */
  void keep(String key, Object value, Effects effects) {
    log.values().put(path(key), new ReadLog.Value(value, effects));
  }

  /** The block under a key. Where there is none, that is the one problem reported. */
  ConfigBlock block(String key) {
    String expected = "a block { … }";
    ConfigValue value = value(key, expected);
    if (value instanceof ConfigObject inner) {
      return new ConfigBlock(inner, path(key), log);
    }
    if (value != null) {
      report(key, value, Fault.here().expected(expected).found(ConfigSpelling.found(value)));
    }
    return new ConfigBlock(ConfigFactory.empty().root(), path(key), log.silently());
  }

  /** The keys of this block; sorted. */
  List<String> names() {
    return object.keySet().stream().sorted().toList();
  }

  /** The texts in this block by their names, those of blocks in it joined by dots. */
  SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    object
        .toConfig()
        .entrySet()
        .forEach(
            entry -> {
              String key = String.join(".", ConfigUtil.splitPath(entry.getKey()));
              String text = ConfigSpelling.scalar(entry.getValue());
              if (text == null) {
                String found = ConfigSpelling.found(entry.getValue());
                report(key, entry.getValue(), Fault.here().expected("a text").found(found));
              } else {
                texts.put(key, text);
              }
            });
    return texts;
  }

  /** Records a mistake in a key. */
  void problem(String key, Fault fault) {
    report(key, object.get(key), fault);
  }

  /** Records a mistake in a value under a key. */
  void report(String key, ConfigValue value, Fault fault) {
    wrong.add(key);
    log.problems().add(value, path(key), fault);
  }

  /** Whether the key was read and found wrong. */
  boolean wrong(String key) {
    return wrong.contains(key);
  }

  /** Ends the reading: keys that were not read are unknown. */
  void finish() {
    for (String key : names()) {
      if (!known.contains(key) && !formerNames.contains(key)) {
        log.problems()
            .add(
                object.get(key),
                path(key),
                Fault.here().found("unknown key" + Suggestions.didYouMean(key, known)));
      }
    }
  }

  /** The path of a key below the root. */
  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
