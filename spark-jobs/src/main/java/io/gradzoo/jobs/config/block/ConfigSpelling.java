package io.gradzoo.jobs.config.block;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.util.Locale;

/** How values are spelled in configs and in messages about them. */
public final class ConfigSpelling {
  private ConfigSpelling() {}

  /** What was found, for a message. */
  public static String found(ConfigValue value) {
    return switch (value.valueType()) {
      case OBJECT -> "a block";
      case LIST -> "a list of " + ((ConfigList) value).size();
      default -> "\"" + value.unwrapped() + "\"";
    };
  }

  /** The text of a number, string or boolean; null for lists and blocks. */
  public static String scalar(ConfigValue value) {
    return switch (value.valueType()) {
      case OBJECT, LIST, NULL -> null;
      default -> String.valueOf(value.unwrapped());
    };
  }

  /** A constant as configs and tables name it. */
  public static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A bound: whole ones without a decimal point. */
  public static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e9
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
