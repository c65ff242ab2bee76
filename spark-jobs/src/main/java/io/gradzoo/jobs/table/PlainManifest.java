package io.gradzoo.jobs.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;

/**
 * {@code _gradzoo.json} beside the Parquet files of a plain table: it is written last, so a folder
 * without it is half-written.
 *
 * @param rows count of rows
 * @param properties where the rows come from
 * @param files the data files and their sizes in bytes
 */
record PlainManifest(
    long rows, SortedMap<String, String> properties, SortedMap<String, Long> files) {
  static final String NAME = Marker.NAME;
  private static final String ROWS = "rows";
  private static final String PROPERTIES = "properties";
  private static final String FILES = "files";
  private static final String TEMPORARY = Marker.TEMPORARY;
  private static final long LARGEST = 64L << 20;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The manifest of a folder that Spark has written. */
  static PlainManifest of(FileSystem files, Path folder, SortedMap<String, String> properties)
      throws IOException {
    long rows = 0;
    SortedMap<String, Long> sizes = new TreeMap<>();
    for (FileStatus file : files.listStatus(folder)) {
      if (file.getPath().getName().endsWith(".parquet")) {
        sizes.put(file.getPath().getName(), file.getLen());
        InputFile input = HadoopInputFile.fromStatus(file, files.getConf());
        try (ParquetFileReader reader = ParquetFileReader.open(input)) {
          rows += reader.getRecordCount();
        }
      }
    }
    return new PlainManifest(rows, properties, sizes);
  }

  void write(FileSystem fileSystem, Path folder) throws IOException {
    Path temporary = new Path(folder, TEMPORARY);
    try (OutputStream out = fileSystem.create(temporary, true)) {
      out.write((JSON.writeValueAsString(json()) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    if (!fileSystem.rename(temporary, new Path(folder, NAME))) {
      throw new IOException("cannot rename " + temporary + " to " + NAME);
    }
  }

  static boolean stands(FileSystem fileSystem, Path folder) throws IOException {
    return fileSystem.exists(new Path(folder, NAME));
  }

  static PlainManifest read(FileSystem fileSystem, Path folder) throws IOException {
    Path path = new Path(folder, NAME);
    if (fileSystem.getFileStatus(path).getLen() > LARGEST) {
      throw new IOException(NAME + " is larger than " + LARGEST + " bytes");
    }
    try (InputStream in = fileSystem.open(path)) {
      return of(JSON.readTree(in));
    } catch (JsonProcessingException e) {
      throw new IOException(NAME + ": " + e.getOriginalMessage(), e);
    }
  }

  private ObjectNode json() throws JsonProcessingException {
    ObjectNode json = JSON.createObjectNode().put(ROWS, rows);
    ObjectNode texts = json.putObject(PROPERTIES);
    for (Map.Entry<String, String> property : properties.entrySet()) {
      if (property.getKey().equals(TableProperties.CONFIG)) {
        texts.set(property.getKey(), JSON.readTree(property.getValue()));
      } else {
        texts.put(property.getKey(), property.getValue());
      }
    }
    json.set(FILES, JSON.valueToTree(files));
    return json;
  }

  private static PlainManifest of(JsonNode json) throws IOException {
    if (json == null || !json.path(PROPERTIES).isObject() || !json.path(FILES).isObject()) {
      throw new IOException(NAME + " has no properties or no files");
    }
    SortedMap<String, String> properties = new TreeMap<>();
    json.get(PROPERTIES)
        .fields()
        .forEachRemaining(entry -> properties.put(entry.getKey(), text(entry.getValue())));
    SortedMap<String, Long> files = new TreeMap<>();
    for (Map.Entry<String, JsonNode> file : json.get(FILES).properties()) {
      if (!file.getValue().canConvertToLong()) {
        throw new IOException(NAME + " has no size of " + file.getKey());
      }
      files.put(file.getKey(), file.getValue().asLong());
    }
    return new PlainManifest(json.path(ROWS).asLong(), properties, files);
  }

  /** Version 1 of a table has its config as text. */
  private static String text(JsonNode property) {
    return property.isTextual() ? property.asText() : property.toString();
  }
}
