package io.gradzoo.jobs.config.block;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.util.ArrayList;
import java.util.List;

/** Everything found wrong with a config, in the order of its keys, so that one run shows it all. */
public final class Problems {
  private final List<Fault> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * Records one problem.
   *
   * @param value what stands in the config, for its file and line; null if nothing does
   * @param path the key's path below the root
   * @param fault what was expected and found
   */
  public void add(ConfigValue value, String path, Fault fault) {
    faults.add(at(value, path).because(fault));
  }

  /** Records what is well understood but should be written otherwise; see {@link #add}. */
  void warn(ConfigValue value, String path, String text) {
    warnings.add(at(value, path).found(text).line());
  }

  /** What should be written otherwise, one line each. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  private static Fault at(ConfigValue value, String path) {
    return Fault.of("config").at((value == null ? "" : where(value.origin())) + path);
  }

  /**
   * Ends the reading of what is wrong.
   *
   * @throws GradzooException exit code 2, with every mistake, if there is one
   */
  public void throwIfAny() {
    if (!faults.isEmpty()) {
      throw GradzooException.usage(faults);
    }
  }

  private static String where(ConfigOrigin origin) {
    String source =
        origin.filename() == null
            ? origin.description().replaceFirst(": \\d+$", "")
            : origin.filename();
    if (source.startsWith(Layers.SET) || source.startsWith("atPath(")) {
      return Layers.SET + " ";
    }
    return origin.lineNumber() < 1 ? source + ": " : source + ":" + origin.lineNumber() + ": ";
  }
}
