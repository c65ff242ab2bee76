package io.gradzoo.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a config becomes when its substitutions are filled in, found before they are: a few
 * hundred bytes, each key ten times the one before, can ask for more than any memory has.
 */
final class ExpandedSize {
  private static final double MOST_CHARACTERS = 1 << 22;
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{\\??([^}]*)}");

  private final IdentityHashMap<ConfigValue, Double> sizes = new IdentityHashMap<>();
  private final ConfigObject root;
  private int cycles;

  private ExpandedSize(ConfigObject root) {
    this.root = root;
  }

  /**
   * Checks a config that is yet to be resolved.
   *
   * @throws GradzooException exit code 2 if it would become too large
   */
  static void check(Config unresolved) {
    ExpandedSize expansion = new ExpandedSize(unresolved.root());
    double size = expansion.size(unresolved.root());
    if (size * mostBySelfReference(expansion.cycles) > MOST_CHARACTERS) {
      throw GradzooException.usage(
          Fault.of("config")
              .expected("substitutions that come to %.0f characters at most", MOST_CHARACTERS)
              .found("more")
              .fix("write the values out, or use fewer substitutions within substitutions"));
    }
  }

  /** The largest product of numbers with this sum: what values that repeat themselves come to. */
  private static double mostBySelfReference(int references) {
    return Math.exp(references / Math.E);
  }

  private double size(ConfigValue value) {
    Double known = sizes.get(value);
    if (known != null) {
      cycles += known < 0 ? 1 : 0;
      return Math.max(0, known);
    }
    sizes.put(value, -1.0); // until it is known; met again, it refers to itself
    double size = sizeOfUnknown(value);
    sizes.put(value, size);
    return size;
  }

  private double sizeOfUnknown(ConfigValue value) {
    try {
      double size = 0;
      if (value instanceof ConfigObject block) {
        for (Map.Entry<String, ConfigValue> entry : block.entrySet()) {
          size += entry.getKey().length() + size(entry.getValue());
        }
        return size;
      }
      if (value instanceof ConfigList list) {
        for (ConfigValue element : list) {
          size += size(element);
        }
        return size;
      }
    } catch (ConfigException.NotResolved e) {
      // A block or list that is itself put together by substitutions is read as text.
    }
    return written(value.render(ConfigRenderOptions.concise()));
  }

  private double written(String text) {
    double size = text.length();
    Matcher references = SUBSTITUTION.matcher(text);
    while (references.find()) {
      ConfigValue target = target(references.group(1));
      size += target == null ? 0 : size(target);
    }
    return size;
  }

  /** What a substitution names: the deepest block on its way that can be looked into. */
  private ConfigValue target(String path) {
    ConfigValue value = root;
    try {
      for (String key : ConfigUtil.splitPath(path)) {
        if (!(value instanceof ConfigObject block)) {
          return value;
        }
        value = block.get(key);
      }
    } catch (ConfigException.NotResolved | ConfigException.BadPath e) {
      return value == root ? null : value;
    }
    return value;
  }
}
