package io.gradzoo.jobs.cli;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.util.List;

/**
 * Names that reached this JVM whole. Java puts U+FFFD in the place of bytes that are no text in the
 * charset of the locale, and would read and write files of another name.
 */
final class DecodableNames {
  private static final char UNKNOWN = '\ufffd';
  private static final List<String> FOLDERS = List.of("user.dir", "java.io.tmpdir", "gradzoo.home");

  private DecodableNames() {}

  /**
   * Refuses arguments and folders whose bytes are no text.
   *
   * @throws GradzooException exit code 2 naming the first
   */
  static void require(String... arguments) {
    for (String argument : arguments) {
      require("arguments", argument);
    }
    for (String folder : FOLDERS) {
      require(folder, System.getProperty(folder, ""));
    }
  }

  private static void require(String where, String text) {
    if (text.indexOf(UNKNOWN) >= 0) {
      throw GradzooException.usage(
          Fault.of("gradzoo")
              .at(where)
              .expected("names in %s", System.getProperty("sun.jnu.encoding"))
              .found("other bytes in \"%s\"", text)
              .fix("rename it, or set LC_ALL to a UTF-8 locale that is installed"));
    }
  }
}
