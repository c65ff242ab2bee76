package io.gradzoo.datasets.network;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The layout file of a folder of networks, {@code zoo.json}: an object that says how they are
 * stored.
 *
 * @param format of the files
 * @param architecture of all networks; empty if it differs, or the files say it
 * @param activation of perceptrons whose layers their shapes say; empty if none is needed
 * @param axes in which order the axes of weights stand
 * @param tensors names in the order of the layers, weight and bias in turn; empty if the names say
 * @param images name of the image set that the networks read; empty if nobody says
 */
public record FolderDescription(
    NetworkFormat format,
    String architecture,
    String activation,
    WeightAxes axes,
    List<String> tensors,
    String images) {
  /** Name of the file. */
  public static final String FILE = "zoo.json";

  private static final int LONGEST = 1 << 20;
  private static final String FIX = "see docs/formats.md, 'A folder of network files'";
  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  public FolderDescription {
    tensors = List.copyOf(tensors);
  }

  /** Of a folder in which nothing but the format is to be said. */
  public static FolderDescription of(NetworkFormat format, String activation) {
    return new FolderDescription(format, "", activation, WeightAxes.TORCH, List.of(), "");
  }

  /** The same of networks that read a set of images. */
  public FolderDescription on(String set) {
    return new FolderDescription(format, architecture, activation, axes, tensors, set);
  }

  /**
   * Reads the file.
   *
   * @throws DataException if it is no such object, or has other keys
   */
  public static FolderDescription read(Place place, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      throw place.fault("at most " + LONGEST + " bytes", "more", FIX);
    }
    try (JsonParser json = STRICT.createParser(new String(bytes, StandardCharsets.UTF_8))) {
      return new Fields(place, json).read();
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw place.fault(
          "JSON without repeated keys", Place.quote(String.valueOf(e.getOriginalMessage())), FIX);
    }
  }

  /** The image set that the networks read, if the file says one. */
  public Optional<String> set() {
    return Optional.of(images).filter(name -> !name.isEmpty());
  }

  /** The text of a file that says format and images. */
  public String json() {
    String set = set().map(name -> ", \"images\": \"" + name + "\"").orElse("");
    return "{\"format\": \"" + format.id() + "\"" + set + "}\n";
  }

  /** The fields as they come. */
  private static final class Fields {
    private final Place place;
    private final JsonParser json;
    private Optional<NetworkFormat> format = Optional.empty();
    private String architecture = "";
    private String activation = "";
    private WeightAxes axes = WeightAxes.TORCH;
    private List<String> tensors = List.of();
    private String images = "";

    Fields(Place place, JsonParser json) {
      this.place = place;
      this.json = json;
    }

    FolderDescription read() throws IOException {
      require(json.nextToken() == JsonToken.START_OBJECT, "an object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.getCurrentName();
        json.nextToken();
        switch (key) {
          case "format" -> format = Optional.of(oneOf(NetworkFormat.values()));
          case "architecture" -> architecture = text();
          case "activation" -> activation = text();
          case "axes" -> axes = oneOf(WeightAxes.values());
          case "tensors" -> tensors = texts();
          case "images" -> images = text();
          default ->
              throw place.fault(
                  "keys format, architecture, activation, axes, tensors and images",
                  Place.quote(key),
                  FIX);
        }
      }
      require(json.currentToken() == JsonToken.END_OBJECT, "the end of the object");
      require(json.nextToken() == null, "nothing after the object");
      return new FolderDescription(
          format.orElseThrow(() -> place.fault("a key format", "none", FIX)),
          architecture,
          activation,
          axes,
          tensors,
          images);
    }

    private <E extends Enum<E>> E oneOf(E[] values) throws IOException {
      String text = text();
      return Arrays.stream(values)
          .filter(value -> value.name().equalsIgnoreCase(text))
          .findFirst()
          .orElseThrow(
              () ->
                  place.fault(
                      "one of " + Arrays.toString(values).toLowerCase(java.util.Locale.ROOT),
                      Place.quote(text),
                      FIX));
    }

    private List<String> texts() throws IOException {
      require(json.currentToken() == JsonToken.START_ARRAY, "an array of names");
      List<String> texts = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        texts.add(text());
      }
      return texts;
    }

    private String text() throws IOException {
      require(json.currentToken() == JsonToken.VALUE_STRING, "text");
      return json.getText();
    }

    private void require(boolean holds, String expected) throws IOException {
      if (!holds) {
        String found = String.valueOf(json.getText());
        throw place.fault(expected, Place.quote(found), FIX);
      }
    }
  }
}
