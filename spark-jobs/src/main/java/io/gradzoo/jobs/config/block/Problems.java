package io.gradzoo.jobs.config.block;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Everything found wrong with a config, in the order of its keys, so that one run shows it all. */
public final class Problems {
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * Records one problem.
   *
   * @param value what stands in the config, for its file and line; null if nothing does
   * @param path the key's path below the root
   * @param fault what was expected and found
   */
  public void add(ConfigValue value, String path, Fault fault) {
    problems.add(new Problem(path, at(value, path).because(fault)));
  }

  /** Records a spelling that is understood but deprecated; see {@link #add}. */
  void warn(ConfigValue value, String path, String text) {
    warnings.add(at(value, path).found(text).line());
  }

  /** What should be written otherwise, one line each. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** What is wrong about a key. */
  private record Problem(String path, Fault fault) {}

  private static Fault at(ConfigValue value, String path) {
    return Fault.of("config").at((value == null ? "" : where(value.origin())) + path);
  }

  /**
   * Ends the reading of what is wrong.
   *
   * @throws GradzooException exit code 2, with every mistake, if there is one
   */
  public void throwIfAny() {
    requireNone(path -> true);
  }

  /**
   * Refuses problems with keys that are used, and warns of the others in one line.
   *
   * @param used whether a key is
   */
  public void requireNone(Predicate<String> used) {
    List<Fault> faults =
        problems.stream().filter(problem -> used.test(problem.path)).map(Problem::fault).toList();
    if (!faults.isEmpty()) {
      throw GradzooException.usage(faults);
    }
    if (!problems.isEmpty()) {
      String places =
          problems.stream().map(Problem::path).distinct().collect(Collectors.joining(", "));
      warnings.add(
          Fault.of("config")
              .at(places)
              .found("wrong, and not used here")
              .fix("gradzoo config show says what is expected")
              .line());
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
