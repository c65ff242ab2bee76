package io.gradzoo.datasets.inr;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.split.Split;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A published file that divides networks: an object with {@code train}, {@code val} and {@code
 * test}, each an array of paths, or an object of two arrays, {@code path} and {@code label}.
 *
 * @param entries by path, in the file's order
 */
public record InrSplits(Map<String, Assignment> entries) {
  private static final int MOST = 10_000_000;
  private static final String FIX = "fetch the split file again";
  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * What the file says of a path.
   *
   * @param label null if it does not say
   */
  public record Assignment(Split split, Integer label) {}

  /**
   * Reads the file.
   *
   * @throws io.gradzoo.datasets.DataException if it is another, or names a path twice
   */
  public static InrSplits read(Place place, InputStream in) throws IOException {
    try (JsonParser json = STRICT.createParser(in)) {
      return new SplitsParser(place, json).read();
    } catch (JacksonException e) {
      throw place.fault(
          "JSON without repeated keys", Place.quote(String.valueOf(e.getOriginalMessage())), FIX);
    }
  }

  /** One pass over the JSON. */
  private static final class SplitsParser {
    private final Place place;
    private final JsonParser json;
    private final Map<String, Assignment> entries = new LinkedHashMap<>();

    SplitsParser(Place place, JsonParser json) {
      this.place = place;
      this.json = json;
    }

    InrSplits read() throws IOException {
      require(json.nextToken() == JsonToken.START_OBJECT, "an object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        Split split = split(json.getCurrentName());
        json.nextToken();
        if (json.currentToken() == JsonToken.START_OBJECT) {
          labelled(split);
        } else {
          for (String path : texts()) {
            put(path, new Assignment(split, null));
          }
        }
      }
      require(json.currentToken() == JsonToken.END_OBJECT, "the end of the object");
      require(json.nextToken() == null, "nothing after the object");
      require(!entries.isEmpty(), "a path");
      return new InrSplits(entries);
    }

    private void labelled(Split split) throws IOException {
      List<String> paths = List.of();
      List<String> labels = List.of();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.getCurrentName();
        json.nextToken();
        switch (key) {
          case "path" -> paths = texts();
          case "label" -> labels = texts();
          default -> throw place.fault("keys path and label", Place.quote(key), FIX);
        }
      }
      if (paths.size() != labels.size()) {
        throw place.fault(paths.size() + " labels for as many paths", labels.size() + "", FIX);
      }
      for (int i = 0; i < paths.size(); i++) {
        put(paths.get(i), new Assignment(split, label(labels.get(i))));
      }
    }

    private Split split(String name) {
      return switch (name) {
        case "train" -> Split.TRAIN;
        case "val", "valid", "validation" -> Split.VALIDATION;
        case "test" -> Split.TEST;
        default -> throw place.fault("keys train, val and test", Place.quote(name), FIX);
      };
    }

    private int label(String text) {
      if (!text.matches("\\d{1,6}")) {
        throw place.fault("a label of 0 or more", Place.quote(text), FIX);
      }
      return Integer.parseInt(text);
    }

    private void put(String path, Assignment entry) {
      if (entries.put(path, entry) != null) {
        throw place.fault("each path once", Place.quote(path) + " twice", FIX);
      }
    }

    /** Texts or numbers, as they are written. */
    private List<String> texts() throws IOException {
      require(json.currentToken() == JsonToken.START_ARRAY, "an array");
      List<String> texts = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        JsonToken token = json.currentToken();
        require(
            token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT,
            "a path or a label");
        require(texts.size() < MOST, "at most " + MOST + " paths");
        texts.add(json.getText());
      }
      return texts;
    }

    private void require(boolean holds, String expected) throws IOException {
      if (!holds) {
        String found = json.currentToken() == null ? "the end of the file" : json.getText();
        throw place
            .atLine(Math.max(1, json.getTokenLocation().getLineNr()))
            .fault(expected, Place.quote(found), FIX);
      }
    }
  }
}
