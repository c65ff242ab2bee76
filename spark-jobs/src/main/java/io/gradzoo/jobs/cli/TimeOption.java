package io.gradzoo.jobs.cli;

import io.gradzoo.engine.fault.Fault;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a time of ISO 8601: {@code 2026-11-27T19:30:00Z}, with another offset, or without one in
 * UTC. A date alone is its beginning.
 */
final class TimeOption implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    String time = text.strip().replace(' ', 'T');
    try {
      if (!time.contains("T")) {
        return LocalDate.parse(time).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return time.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)")
          ? OffsetDateTime.parse(time).toInstant()
          : LocalDateTime.parse(time).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          Fault.here()
              .expected("a time such as 2026-11-27T19:30:00Z or 2026-11-27")
              .found(text)
              .line());
    }
  }
}
