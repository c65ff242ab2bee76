package io.gradzoo.jobs.table.parquet;

import java.io.IOException;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** A file of Iceberg's, for writers of Parquet. */
record ParquetOutput(OutputFile file)
    implements org.apache.iceberg.shaded.org.apache.parquet.io.OutputFile {

  @Override
  public org.apache.iceberg.shaded.org.apache.parquet.io.PositionOutputStream create(long block) {
    return new Stream(file.create());
  }

  @Override
  public org.apache.iceberg.shaded.org.apache.parquet.io.PositionOutputStream createOrOverwrite(
      long block) {
    return new Stream(file.createOrOverwrite());
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public String getPath() {
    return file.location();
  }

  private static final class Stream
      extends org.apache.iceberg.shaded.org.apache.parquet.io.PositionOutputStream {
    private final PositionOutputStream stream;

    Stream(PositionOutputStream stream) {
      this.stream = stream;
    }

    @Override
    public long getPos() throws IOException {
      return stream.getPos();
    }

    @Override
    public void write(int oneByte) throws IOException {
      stream.write(oneByte);
    }

    @Override
    public void write(byte[] bytes, int start, int count) throws IOException {
      stream.write(bytes, start, count);
    }

    @Override
    public void flush() throws IOException {
      stream.flush();
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
