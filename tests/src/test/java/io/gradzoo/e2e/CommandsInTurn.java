package io.gradzoo.e2e;

import io.gradzoo.jobs.cli.Main;
import java.util.Arrays;
import java.util.List;

/** The program, run several times in one JVM, each time on a Spark session of its own. */
public final class CommandsInTurn {
  /** Stands between what all commands have in common, and between them. */
  static final String NEXT = ";";

  private CommandsInTurn() {}

  /** Ends with the first status that is not 0. */
  public static void main(String[] arguments) {
    List<String> all = Arrays.asList(arguments);
    List<String> common = all.subList(0, all.indexOf(NEXT));
    List<String> rest = all.subList(common.size() + 1, all.size());
    while (!rest.isEmpty()) {
      int end = rest.contains(NEXT) ? rest.indexOf(NEXT) : rest.size();
      int status = Main.run(joined(common, rest.subList(0, end)), System.out, System.err);
      if (status != 0) {
        System.exit(status);
      }
      rest = rest.subList(Math.min(end + 1, rest.size()), rest.size());
    }
  }

  private static String[] joined(List<String> common, List<String> command) {
    return java.util.stream.Stream.concat(common.stream(), command.stream()).toArray(String[]::new);
  }
}
