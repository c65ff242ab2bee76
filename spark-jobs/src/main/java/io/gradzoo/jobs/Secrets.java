package io.gradzoo.jobs;

import java.util.regex.Pattern;

/** Keeps passwords, keys and tokens out of what is printed, stored and logged. */
public final class Secrets {
  /** What stands in a secret's place. */
  public static final String HIDDEN = "***";

  private static final String NAMES =
      "(?:secret|passw(?:or)?d|passphrase|credential|token(?![-_]?(?:width|s\\b|\\d))|(?:access|account|api|private|signing)[._-]?key)";

  /** As Spark's own default, for its pages and logs, and with what else clouds call their keys. */
  public static final String REDACTION_REGEX = "(?i)" + NAMES + "|sas[._-]|url[._-]?userinfo";

  private static final Pattern KEY = Pattern.compile(REDACTION_REGEX);
  private static final String WORD = "[\\w.\\-]*" + NAMES + "[\\w.\\-]*";
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?i)(%1$s\"?\\s*=\\s*|\"%1$s\"\\s*:\\s*(?=\"))(\"[^\"]*\"|[^\\s,;&\"]+)"
              .formatted(WORD));
  private static final Pattern USER = Pattern.compile("(?<=://)[^/\\s@\"]+@");

  private Secrets() {}

  /** Whether a key's value is secret. */
  public static boolean names(String key) {
    return KEY.matcher(key).find();
  }

  /** The text without the values of such keys and without the users and passwords of URLs. */
  public static String hidden(String text) {
    String assigned = ASSIGNMENT.matcher(text).replaceAll("$1" + HIDDEN);
    return USER.matcher(assigned).replaceAll(HIDDEN + "@");
  }
}
