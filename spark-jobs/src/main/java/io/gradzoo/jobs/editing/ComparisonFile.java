package io.gradzoo.jobs.editing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The JSON file of a comparison, a record whose first component is the version of the file.
 *
 * @param type the record
 * @param name of the file
 * @param schema version that is written, and alone is read
 * @param command that writes it
 */
record ComparisonFile<T>(Class<T> type, String name, int schema, String command) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  byte[] bytes(T comparison) {
    try {
      return (JSON.writeValueAsString(comparison) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws GradzooException exit code 3 if it is of another version or something else
   */
  T parse(byte[] bytes) {
    int found;
    try {
      found = JSON.readTree(bytes).path("schema").asInt();
      if (found == schema) {
        return JSON.readValue(bytes, type);
      }
    } catch (IOException e) {
      throw unread("something else", e);
    }
    throw unread("version " + found, null);
  }

  private GradzooException unread(String found, IOException cause) {
    return GradzooException.data(
        Fault.of(command)
            .at(name)
            .expected("what gradzoo %s writes, of version %d", command, schema)
            .found(found)
            .fix(command + " again"),
        cause);
  }
}
