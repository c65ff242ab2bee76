package io.gradzoo.datasets.network;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.gradzoo.datasets.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of JSON as plain maps, lists, texts, numbers and flags: nothing in it chooses a class.
 *
 * @param value null, a Map, a List, a String, a Double or a Boolean
 */
record JsonTree(Object value) {
  private static final int DEEPEST = 100;
  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * Reads a text, which takes memory in proportion to its length.
   *
   * @throws io.gradzoo.datasets.DataException if it is no JSON, or deeper than 100
   */
  static JsonTree read(Place place, String text) {
    try (JsonParser json = STRICT.createParser(text)) {
      json.nextToken();
      JsonTree tree = new JsonTree(value(place, json, 0));
      if (json.nextToken() != null) {
        throw place.fault("one value of JSON", "more", "fetch the file again");
      }
      return tree;
    } catch (JacksonException e) {
      throw place.fault(
          "JSON without repeated keys",
          Place.quote(String.valueOf(e.getOriginalMessage())),
          "fetch the file again");
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  /** The value of a key; null of what is no object, or has no such key. */
  JsonTree get(String key) {
    return new JsonTree(value instanceof Map<?, ?> map ? map.get(key) : null);
  }

  /** The elements of an array; none of what is no array. */
  List<JsonTree> elements() {
    return value instanceof List<?> list ? list.stream().map(JsonTree::new).toList() : List.of();
  }

  /** The text; empty of what is no text. */
  String text() {
    return value instanceof String text ? text : "";
  }

  /** The whole number; -1 of what is none, or below 0. */
  int integer() {
    boolean whole =
        value instanceof Double number
            && number >= 0
            && number <= Integer.MAX_VALUE
            && number == Math.rint(number);
    return whole ? ((Double) value).intValue() : -1;
  }

  /** Whether it is {@code true}. */
  boolean isTrue() {
    return Boolean.TRUE.equals(value);
  }

  /** Whether there is nothing. */
  boolean isNull() {
    return value == null;
  }

  private static Object value(Place place, JsonParser json, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw place.fault("at most " + DEEPEST + " values in each other", "more", "export it again");
    }
    JsonToken token = json.currentToken();
    if (token == null) {
      throw place.fault("a value of JSON", "the end of the text", "fetch the file again");
    }
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String key = json.getCurrentName();
          json.nextToken();
          map.put(key, value(place, json, depth + 1));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(place, json, depth + 1));
        }
        yield list;
      }
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }
}
