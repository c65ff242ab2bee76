package io.gradzoo.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build, which goes into every artefact. */
public final class CodeVersion {
  private static final String RESOURCE = "/io/gradzoo/jobs/version.properties";

  private CodeVersion() {}

  /** The Maven version, such as {@code 0.1.0}. */
  public static String current() {
    Properties properties = new Properties();
    try (InputStream in = CodeVersion.class.getResourceAsStream(RESOURCE)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " in the jar", e);
    }
    return properties.getProperty("version");
  }
}
