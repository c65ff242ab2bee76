package io.gradzoo.datasets.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The JSON header of a safetensors file, each entry checked by itself.
 *
 * @param metadata free text by key
 * @param tensors the tensors in the header's order
 */
record SafetensorsHeader(SortedMap<String, String> metadata, List<Entry> tensors) {
  private static final String FIX = "write the file again with a safetensors library";

  /** The types of numbers that are read, by the format's names. */
  private static final Map<String, ElementType> TYPES =
      Map.of(
          "F32", ElementType.FLOAT32,
          "F64", ElementType.FLOAT64,
          "F16", ElementType.FLOAT16,
          "BF16", ElementType.BFLOAT16);

  /**
   * Where a tensor lies.
   *
   * @param begin offset of its first byte in the data
   * @param end offset behind its last byte: begin + the size of a number · the product of the shape
   */
  record Entry(String name, ElementType type, List<Integer> shape, long begin, long end) {}

  /**
   * Reads the header.
   *
   * @param textStart offset of the text in the file, for messages
   */
  static SafetensorsHeader parse(Place place, String text, int textStart) {
    return new HeaderParser(place, text, textStart).header();
  }

  /** One pass over the JSON, token by token. */
  private static final class HeaderParser {
    private static final JsonFactory STRICT =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final Place place;
    private final String text;
    private final int textStart;
    private final SortedMap<String, String> metadata = new TreeMap<>();
    private final List<Entry> tensors = new ArrayList<>();
    private JsonParser json;

    HeaderParser(Place place, String text, int textStart) {
      this.place = place;
      this.text = text;
      this.textStart = textStart;
    }

    SafetensorsHeader header() {
      if (!text.startsWith("{")) {
        throw place.atByte(textStart).fault("'{'", Place.quote(text), FIX);
      }
      try (JsonParser parser = STRICT.createParser(text)) {
        json = parser;
        require(json.nextToken() == JsonToken.START_OBJECT, "an object");
        while (nextIsField()) {
          String name = json.getCurrentName();
          require(json.nextToken() == JsonToken.START_OBJECT, "an object");
          if (name.equals(Safetensors.METADATA)) {
            metadata();
          } else {
            tensors.add(entry(name));
          }
        }
        require(json.nextToken() == null, "nothing after the header's object");
        return new SafetensorsHeader(metadata, tensors);
      } catch (IOException e) {
        throw fault("JSON without repeated keys");
      }
    }

    private void metadata() throws IOException {
      while (nextIsField()) {
        String key = json.getCurrentName();
        require(json.nextToken() == JsonToken.VALUE_STRING, "metadata that is text");
        metadata.put(key, json.getText());
      }
    }

    private Entry entry(String name) throws IOException {
      ElementType type = null;
      List<Long> shape = null;
      List<Long> offsets = null;
      while (nextIsField()) {
        String key = json.getCurrentName();
        json.nextToken();
        switch (key) {
          case "dtype" -> type = type();
          case "shape" -> shape = integers();
          case "data_offsets" -> offsets = integers();
          default -> throw fault("only dtype, shape and data_offsets");
        }
      }
      require(type != null && shape != null && offsets != null, "dtype, shape and data_offsets");
      require(offsets.size() == 2, "two data_offsets");
      require(
          offsets.get(1) - offsets.get(0) == bytes(type, shape), "data_offsets that fit the shape");
      List<Integer> sizes = shape.stream().map(Long::intValue).toList();
      return new Entry(name, type, sizes, offsets.get(0), offsets.get(1));
    }

    private ElementType type() throws IOException {
      boolean text = json.currentToken() == JsonToken.VALUE_STRING;
      if (!text || !TYPES.containsKey(json.getText())) {
        throw fault(
            "dtype F32, F64, F16 or BF16",
            "save the network's weights alone, converted to one of these");
      }
      return TYPES.get(json.getText());
    }

    /** Integers from 0 to 2^31 - 1, the most that a file of 2 GiB can need. */
    private List<Long> integers() throws IOException {
      require(json.currentToken() == JsonToken.START_ARRAY, "an array");
      List<Long> values = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        boolean integer = json.currentToken() == JsonToken.VALUE_NUMBER_INT;
        boolean fits = integer && json.getNumberType() == JsonParser.NumberType.INT;
        require(fits && json.getIntValue() >= 0, "an integer from 0 to 2147483647");
        values.add((long) json.getIntValue());
      }
      return values;
    }

    private long bytes(ElementType type, List<Long> shape) {
      try {
        long bytes = type.bytes();
        for (long size : shape) {
          bytes = Math.multiplyExact(bytes, size);
        }
        return bytes;
      } catch (ArithmeticException e) {
        throw fault("a shape of fewer than 2^63 bytes");
      }
    }

    private boolean nextIsField() throws IOException {
      JsonToken token = json.nextToken();
      require(token != null, "a complete object");
      return token == JsonToken.FIELD_NAME;
    }

    private void require(boolean holds, String expected) {
      if (!holds) {
        throw fault(expected);
      }
    }

    private DataException fault(String expected) {
      return fault(expected, FIX);
    }

    private DataException fault(String expected, String fix) {
      int at = (int) Math.max(0, Math.min(text.length(), json.getTokenLocation().getCharOffset()));
      int offset = textStart + text.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
      String rest = text.substring(at).strip();
      return place
          .atByte(offset)
          .fault(expected, rest.isEmpty() ? "the end of the header" : Place.quote(rest), fix);
    }
  }
}
