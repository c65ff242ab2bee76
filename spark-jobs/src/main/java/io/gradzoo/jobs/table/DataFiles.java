package io.gradzoo.jobs.table;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** A table's Parquet files, read page by page. */
final class DataFiles {
  private DataFiles() {}

  /**
   * Reads every page of every file and checks its sum.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3, naming the first damaged file
   */
  static void verify(TableId id, List<String> files, Configuration conf) {
    for (String file : files) {
      Path path = new Path(file);
      try (ParquetFileReader reader =
          ParquetFileReader.open(
              HadoopInputFile.fromPath(path, conf),
              HadoopReadOptions.builder(conf).usePageChecksumVerification().build())) {
        while (reader.readNextRowGroup() != null) {
          // Reading is checking.
        }
      } catch (IOException | RuntimeException e) {
        throw TableFailures.unreadable(id, Folder.shown(path), e);
      }
    }
  }
}
