package io.gradzoo.jobs.run;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Versions of tables that stand in the files of run directories, as every long whole number may be
 * one: rather a version too many is kept than one too few.
 */
final class NamedVersions {
  private static final Pattern NUMBER = Pattern.compile("(?<!\\d)\\d{9,19}(?!\\d)");

  /** Longer files are models, whose beginning has all that is said in words. */
  private static final int MOST_BYTES = 1 << 20;

  private NamedVersions() {}

  static Set<Long> in(Path runs) {
    Set<Long> versions = new HashSet<>();
    try {
      if (Files.isDirectory(runs)) {
        for (Path file : files(runs)) {
          add(file, versions);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw GradzooException.data(
          Fault.of("storage tidy")
              .at(runs)
              .found("cannot be read: " + e.getMessage())
              .fix("let it be read: runs name versions of tables, which must be kept"),
          e);
    }
    return versions;
  }

  private static List<Path> files(Path runs) throws IOException {
    try (Stream<Path> files = Files.walk(runs, 2)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void add(Path file, Set<Long> versions) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
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
}
