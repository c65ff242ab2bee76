package io.gradzoo.jobs.run;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.FilePlace;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions of tables that stand in the files of run directories, as every long whole number may be
 * one: rather a version too many is kept than one too few.
 */
final class NamedVersions {
  private static final Pattern NUMBER = Pattern.compile("(?<!\\d)\\d{9,19}(?!\\d)");

  /** Longer files are models, whose beginning has all that is said in words. */
  private static final int MOST_BYTES = 1 << 20;

  private NamedVersions() {}

  static Set<Long> in(FilePlace runs) {
    Set<Long> versions = new HashSet<>();
    try {
      if (runs.isFolder()) {
        runs.allFiles(2).forEach(file -> add(file, versions));
      }
    } catch (GradzooException e) {
      throw GradzooException.data(
          Fault.of("storage tidy")
              .because(e.faults().get(0))
              .fix("let it be read: runs name versions of tables, which must be kept"),
          e);
    }
    return versions;
  }

  private static void add(FilePlace file, Set<Long> versions) {
    String text = new String(file.bytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      try {
        versions.add(Long.parseLong(number.group()));
      } catch (NumberFormatException e) {
        // Larger than any version.
      }
    }
  }
}
