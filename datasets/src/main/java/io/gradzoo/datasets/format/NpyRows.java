package io.gradzoo.datasets.format;

import io.gradzoo.datasets.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The rows of an npy file of any size, read block by block through one small buffer. A row is one
 * index of the first axis, its elements in row-major order. Not for concurrent use: open one a
 * thread.
 *
 * <p>A column-major file costs one seek per element of a row and block: read it in large blocks.
 */
public final class NpyRows implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Place place;
  private final SeekableByteChannel channel;
  private final NpyHeader header;
  private final int rowSize;
  private final ByteBuffer buffer;

  private NpyRows(Place place, SeekableByteChannel channel, NpyHeader header, int rowSize) {
    this.place = place;
    this.channel = channel;
    this.header = header;
    this.rowSize = rowSize;
    this.buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(header.order());
  }

  /**
   * Opens the file and checks its header against its length.
   *
   * @throws io.gradzoo.datasets.DataException if it is not an npy file that ends with its array, or
   *     the array is a single number
   */
  public static NpyRows open(Path file) {
    Place place = Place.of("npy", file);
    NpyReader.requireRegular(place, file);
    try {
      return of(place, FileChannel.open(file));
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  /**
   * Reads a file's header and checks it against the file's length.
   *
   * @param place the file's, for messages
   * @param channel the file, from anywhere; closed with the rows, or if it is refused
   * @throws io.gradzoo.datasets.DataException as for a file
   */
  public static NpyRows of(Place place, SeekableByteChannel channel) {
    NpyRows rows = null;
    try {
      NpyHeader header = NpyHeader.read(place, Channels.newInputStream(channel.position(0)));
      header.requireFileLength(place, channel.size());
      rows = new NpyRows(place, channel, header, rowSize(place, header));
      return rows;
    } catch (IOException e) {
      throw place.unreadable(e);
    } finally {
      if (rows == null) {
        closeQuietly(channel);
      }
    }
  }

  /** Count of rows. */
  public long rows() {
    return header.shape().get(0);
  }

  /** Count of elements in a row: the product of the other axes. */
  public int rowSize() {
    return rowSize;
  }

  /** Type of the elements in the file. */
  public ElementType type() {
    return header.type();
  }

  /**
   * Reads a block of rows, cast to float32.
   *
   * @param first the first row, from 0
   * @param count how many rows
   * @param into output, at least [count, rowSize], row-major
   * @throws io.gradzoo.datasets.DataException if the file cannot be read or has become shorter
   */
  public void read(long first, int count, float[] into) {
    Objects.checkFromIndexSize(first, count, rows());
    Objects.checkFromIndexSize(0, (long) count * rowSize, into.length);
    try {
      if (header.columnMajor() && rowSize > 1) {
        readColumns(first, count, into);
      } else {
        readRun(first * rowSize, count * rowSize, into, 0);
      }
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  /** Closes the file. */
  @Override
  public void close() {
    closeQuietly(channel);
  }

  private static int rowSize(Place place, NpyHeader header) {
    if (header.shape().isEmpty()) {
      throw place.fault("an array with rows", "a single number", "save it with at least one axis");
    }
    long size = 1;
    for (long axis : header.shape().subList(1, header.shape().size())) {
      size *= axis;
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw place.fault("rows of fewer than 2^31 elements", size + "", "reshape the array");
    }
    return (int) size;
  }

  /** Each element of a row has its own run of file, [count], strided into the block. */
  private void readColumns(long first, int count, float[] into) throws IOException {
    int axes = header.shape().size();
    long[] index = new long[axes];
    float[] column = new float[count];
    for (int element = 0; element < rowSize; element++) {
      long offset = 0;
      for (int axis = axes - 1; axis >= 0; axis--) {
        offset = offset * header.shape().get(axis) + index[axis];
      }
      readRun(offset + first, count, column, 0);
      for (int row = 0; row < count; row++) {
        into[row * rowSize + element] = column[row];
      }
      for (int axis = axes - 1; axis > 0 && ++index[axis] == header.shape().get(axis); axis--) {
        index[axis] = 0;
      }
    }
  }

  /** Reads consecutive elements of the file. */
  private void readRun(long firstElement, int count, float[] into, int at) throws IOException {
    int width = header.type().bytes();
    int done = 0;
    while (done < count) {
      int portion = Math.min(count - done, BUFFER_BYTES / width);
      fill(header.dataStart() + (firstElement + done) * width, portion * width);
      header.type().decode(buffer, into, at + done, portion);
      done += portion;
    }
  }

  private void fill(long position, int bytes) throws IOException {
    buffer.clear().limit(bytes);
    channel.position(position);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw place
            .atByte(position + buffer.position())
            .fault("more data", "the end of the file", "it was cut while it was read: try again");
      }
    }
    buffer.flip();
  }

  private static void closeQuietly(SeekableByteChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written, so nothing is lost.
    }
  }
}
