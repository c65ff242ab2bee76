package io.gradzoo.jobs.published;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.fs.FSDataInputStream;

/** A file of any file system of Hadoop's, to read from anywhere in it. */
final class HadoopChannel implements SeekableByteChannel {
  private static final int PORTION = 1 << 20;

  private final FSDataInputStream in;
  private final long size;
  private final byte[] portion = new byte[PORTION];
  private boolean open = true;

  /**
   * @param in closed with the channel
   * @param size of the file in bytes
   */
  HadoopChannel(FSDataInputStream in, long size) {
    this.in = in;
    this.size = size;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int read = in.read(portion, 0, Math.min(into.remaining(), PORTION));
    if (read > 0) {
      into.put(portion, 0, read);
    }
    return read;
  }

  @Override
  public long position() throws IOException {
    return in.getPos();
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    if (newPosition != in.getPos()) {
      in.seek(newPosition);
    }
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    in.close();
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }
}
