package io.gradzoo.jobs.facade;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.block.Suggestions;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The configs in {@code conf/}: the project's, or those that this program's jar brings along. */
public final class Presets {
  /** The preset that lies below everything else where none is named. */
  public static final String DEFAULT = "digits";

  /** System property that the launcher sets to the folder that has {@code conf/}. */
  public static final String HOME = "gradzoo.home";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
  private static final String SUFFIX = ".conf";
  private static final String FOLDER = "conf";
  private static final int MOST_LISTED = 4;

  private static FileSystem jar;

  private Presets() {}

  /**
   * The file of a preset.
   *
   * @throws GradzooException exit code 2, naming those there are
   */
  public static Path find(String name) {
    Path folder = folder();
    Path file = NAME.matcher(name).matches() ? folder.resolve(name + SUFFIX) : null;
    if (file != null && Files.isRegularFile(file)) {
      return file;
    }
    List<String> names = names(folder);
    throw GradzooException.usage(
        Fault.of("preset")
            .at(folder.toAbsolutePath())
            .expected("one of %s", listed(names))
            .found("\"%s\"%s", name, Suggestions.didYouMean(name, names)));
  }

  /** That of the project, or where there is none, that in this program's own jar. */
  private static Path folder() {
    String home = System.getProperty(HOME);
    return home == null ? ofJar() : Path.of(home, FOLDER);
  }

  private static Path ofJar() {
    try {
      Path code =
          Path.of(Presets.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(code)) {
        return code.resolve(FOLDER);
      }
      synchronized (Presets.class) {
        if (jar == null) { // open as long as the process lives: paths in it are handed out
          jar = FileSystems.newFileSystem(code);
        }
        return jar.getPath(FOLDER);
      }
    } catch (URISyntaxException | IOException e) {
      throw GradzooException.usage(Fault.of("preset").found("no folder of presets: " + e));
    }
  }

  private static String listed(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    int shown = Math.min(MOST_LISTED, names.size());
    int more = names.size() - shown;
    return String.join(", ", names.subList(0, shown)) + (more > 0 ? " and " + more + " more" : "");
  }

  private static List<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .filter(name -> NAME.matcher(name).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw GradzooException.usage(
          Fault.of("preset").at(folder).found("cannot be read: " + e.getMessage()));
    }
  }
}
