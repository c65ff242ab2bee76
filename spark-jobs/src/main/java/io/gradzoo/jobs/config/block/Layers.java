package io.gradzoo.jobs.config.block;

import com.typesafe.config.ConfigValue;
import java.util.regex.Pattern;

/** Names of the layers of a config, as messages give the origin of a value. */
public final class Layers {
  /** An assignment on the command line. */
  public static final String SET = "--set";

  /** The lowest layer. */
  public static final String REFERENCE = "reference.conf in the jar";

  private Layers() {}

  /** Whether a value is the one of reference.conf, over which no other layer lies. */
  static boolean isDefault(ConfigValue value) {
    return value.origin().description().matches(Pattern.quote(REFERENCE) + "(: \\d+)?");
  }
}
