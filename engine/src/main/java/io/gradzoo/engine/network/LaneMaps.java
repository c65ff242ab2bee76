package io.gradzoo.engine.network;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * Maps of a batch, {@link Kernels#LANES} samples side by side: sheets of [height, width, channels,
 * LANES] with a border of zeros around them, as wide as the padding of the convolution that reads
 * them. What lies past the last sample of a batch comes from samples of zeros.
 */
final class LaneMaps implements BatchBuffer {
  private static final int LANES = Kernels.LANES;

  private final Kernels kernels;
  private final LaneMemory memory;
  private final Shape shape;
  private final int border;
  private final int capacity;
  private final int pitch;
  private final int sheetSize;
  private final LaneMemory.Block block;

  /**
   * @param shape of one sample's maps
   * @param border places around them
   * @param capacity largest batch
   */
  LaneMaps(Kernels kernels, LaneMemory memory, Shape shape, int border, int capacity) {
    this.kernels = kernels;
    this.memory = memory;
    this.shape = shape;
    this.border = border;
    this.capacity = capacity;
    this.pitch = shape.width() + 2 * border;
    this.sheetSize = (shape.height() + 2 * border) * pitch * placeSize();
    this.block = memory.block(sheets(capacity) * sheetSize);
  }

  /** Sheets that a batch takes. */
  static int sheets(int batch) {
    return (batch + LANES - 1) / LANES;
  }

  /** Samples of a batch that are in a sheet. */
  static int lanes(int batch, int sheet) {
    return Math.min(LANES, batch - sheet * LANES);
  }

  Shape shape() {
    return shape;
  }

  /** Numbers of a place: channels times LANES. */
  int placeSize() {
    return shape.channels() * LANES;
  }

  /** Places of a sheet, those of the border included. */
  int places() {
    return sheetSize / placeSize();
  }

  /** Where a place begins within a sheet; those of the border have coordinates outside the map. */
  int place(int y, int x) {
    return ((y + border) * pitch + x + border) * placeSize();
  }

  /** Index of the first number of a sheet. */
  int sheet(int index) {
    return block.at() + index * sheetSize;
  }

  @Override
  public float[] numbers() {
    return block.numbers();
  }

  @Override
  public int at() {
    return block.at();
  }

  @Override
  public int count(int batch) {
    return sheets(batch) * sheetSize;
  }

  @Override
  public LaneMaps another() {
    return new LaneMaps(kernels, memory, shape, border, capacity);
  }

  @Override
  public void fromRows(int batch, float[] rows, int offset) {
    int size = shape.size();
    int run = run();
    for (int sheet = 0; sheet < sheets(batch); sheet++) {
      int first = offset + sheet * LANES * size;
      int lanes = lanes(batch, sheet);
      if (lanes < LANES) {
        Arrays.fill(numbers(), sheet(sheet), sheet(sheet) + sheetSize, 0f);
      }
      for (int i = 0; i < size; i += run) {
        int to = sheet(sheet) + runStart(i);
        kernels.transpose(lanes, run, rows, first + i, size, numbers(), to, placeSize());
      }
    }
  }

  @Override
  public void toRows(int batch, float[] rows, int offset) {
    int size = shape.size();
    int run = run();
    for (int sheet = 0; sheet < sheets(batch); sheet++) {
      int first = offset + sheet * LANES * size;
      int lanes = lanes(batch, sheet);
      for (int i = 0; i < size; i += run) {
        int from = sheet(sheet) + runStart(i);
        kernels.transpose(run, lanes, numbers(), from, placeSize(), rows, first + i, size);
      }
    }
  }

  /** Writes [batch, positions, channels] from {@code offset} on. */
  void toPositions(int batch, float[] rows, int offset) {
    int size = shape.size();
    int run = run() * shape.channels();
    for (int sheet = 0; sheet < sheets(batch); sheet++) {
      int first = offset + sheet * LANES * size;
      int lanes = lanes(batch, sheet);
      for (int i = 0; i < size; i += run) {
        int from = sheet(sheet) + place(i / run, 0);
        kernels.transpose(run, lanes, numbers(), from, LANES, rows, first + i, size);
      }
    }
  }

  /** Positions of a channel that follow each other in lanes as they do in rows. */
  private int run() {
    return border == 0 ? shape.positions() : shape.width();
  }

  /** Where number {@code i} of a row in stored order lies within a sheet. */
  private int runStart(int i) {
    int position = i % shape.positions();
    int channel = i / shape.positions();
    return place(position / shape.width(), position % shape.width()) + channel * LANES;
  }
}
