package io.gradzoo.jobs.zoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.datasets.image.Colours;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.table.TableProperties;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The settings that the members of a zoo were made with.
 *
 * @param values by key, as JSON
 */
record ZooSettings(SortedMap<String, String> values) {
  private static final ObjectMapper JSON = new ObjectMapper();

  ZooSettings {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** Those that a table was made with; empty if it does not say them. */
  static Optional<ZooSettings> of(TableProperties members) {
    return members.recipe().flatMap(ZooSettings::parse);
  }

  /** Reads a JSON object; empty if it is none. */
  static Optional<ZooSettings> parse(String json) {
    try {
      JsonNode object = JSON.readTree(json);
      if (!object.isObject()) {
        return Optional.empty();
      }
      SortedMap<String, String> values = new TreeMap<>();
      object.properties().forEach(each -> values.put(each.getKey(), each.getValue().toString()));
      return Optional.of(new ZooSettings(values));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * The images that the members were tested on.
   *
   * @param here says what is not said here, such as the folder of the files
   */
  ZooTestImages images(GradzooConfig here) {
    ZooConfig zoo = here.zoo();
    return new ZooTestImages(
        zoo.onImages(
            text("zoo.images").orElse(ZooConfig.NO_IMAGES),
            text("zoo.colours")
                .map(name -> Colours.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(zoo.colours()),
            text("zoo.image-train-share").map(Double::valueOf).orElse(zoo.imageTrainShare())),
        text("seed").map(Long::valueOf).orElse(here.seed()));
  }

  /** A value without the quotation marks of a text. */
  private Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).map(value -> value.replace("\"", ""));
  }

  /** What others have otherwise, a line each: {@code zoo.runs 400 → 800}. */
  List<String> changes(ZooSettings later) {
    SortedSet<String> keys = new TreeSet<>(values.keySet());
    keys.addAll(later.values.keySet());
    List<String> changes = new ArrayList<>();
    for (String key : keys) {
      String before = values.getOrDefault(key, "none");
      String after = later.values.getOrDefault(key, "none");
      if (!Objects.equals(before, after)) {
        changes.add(key + " " + before + " → " + after);
      }
    }
    return changes;
  }
}
