package io.gradzoo.jobs.cli;

import io.gradzoo.engine.fault.Fault;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an age such as {@code 7d}, {@code 12h} or {@code 30m}. */
final class AgeOption implements ITypeConverter<Duration> {
  private static final Pattern AGE = Pattern.compile("(\\d{1,6})([dhm])");

  @Override
  public Duration convert(String text) {
    Matcher age = AGE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!age.matches()) {
      throw new TypeConversionException(
          Fault.here().expected("an age such as 7d, 12h or 30m").found(text).line());
    }
    long count = Long.parseLong(age.group(1));
    return switch (age.group(2)) {
      case "d" -> Duration.ofDays(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofMinutes(count);
    };
  }
}
