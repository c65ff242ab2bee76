package io.gradzoo.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Hashes are of this text: a change of it would make everything that was made before stale. */
class CanonicalJsonTest {
  private static final SortedMap<String, Object> VALUE =
      new TreeMap<>(
          Map.of(
              "b",
              List.of(1, 2.5, List.of("x")),
              "a",
              new TreeMap<>(Map.of("nothing", List.of(), "empty", new TreeMap<>(), "f", true)),
              "\"\\",
              " ~ \u001f\u007f\u00f6"));

  @Test
  void compactHasNoWhiteSpaceAndPlainAscii() {
    assertThat(CanonicalJson.compact(VALUE))
        .isEqualTo(
            "{\"\\\"\\\\\":\" ~ \\u001f\\u007f\\u00f6\","
                + "\"a\":{\"empty\":{},\"f\":true,\"nothing\":[]},\"b\":[1,2.5,[\"x\"]]}");
  }

  @Test
  void indentedHasALineForEveryKeyAndListsOnOne() {
    assertThat(CanonicalJson.indented(VALUE))
        .isEqualTo(
            """
            {
              "\\"\\\\": " ~ \\u001f\\u007f\\u00f6",
              "a": {
                "empty": {},
                "f": true,
                "nothing": []
              },
              "b": [1, 2.5, ["x"]]
            }""");
  }
}
