package io.gradzoo.jobs.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The build that runs.
 *
 * @param version Maven's, such as {@code 0.1.0}
 * @param commit that it was built from, abbreviated; {@code unknown} of a source archive
 */
public record Build(String version, String commit) {
  private static final String RESOURCE = "/io/gradzoo/jobs/version.properties";
  private static final String PROGRAM = "io/gradzoo/jobs/cli/Main";

  /** This build. */
  public static Build current() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream(RESOURCE)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " in the jar", e);
    }
    String commit = properties.getProperty("commit", "");
    return new Build(
        properties.getProperty("version"), commit.matches("[0-9a-f]+") ? commit : "unknown");
  }

  /** Identity of all classes that the program can reach, hex; the same for builds of one source. */
  public String content() {
    return CodeVersion.shortened(ClassClosure.of(name -> true, PROGRAM).hash());
  }

  /** All three, in a line. */
  @Override
  public String toString() {
    return "%s, commit %s, classes %s".formatted(version, commit, content());
  }
}
