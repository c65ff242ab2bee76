package io.gradzoo.jobs.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
      out.write((JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8));
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
      PlainManifest manifest = JSON.readValue(in, PlainManifest.class);
      if (manifest == null || manifest.properties == null || manifest.files == null) {
        throw new IOException(NAME + " has no properties or no files");
      }
      return manifest;
    } catch (JsonProcessingException e) {
      throw new IOException(NAME + ": " + e.getOriginalMessage(), e);
    }
  }
}
