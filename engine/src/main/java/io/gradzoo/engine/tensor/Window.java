package io.gradzoo.engine.tensor;

/**
 * A square window that moves over maps.
 *
 * @param channels maps of a sample
 * @param height rows of a map
 * @param width numbers in such a row
 * @param side of the window
 * @param stride how far it moves
 * @param padding zeros around a map
 */
public record Window(int channels, int height, int width, int side, int stride, int padding) {

  /** Numbers of a map. */
  public int mapSize() {
    return height * width;
  }

  /** Numbers that it sees at a place: of all channels. */
  public int seen() {
    return channels * side * side;
  }

  /** Places from top to bottom. */
  public int placesDown() {
    return (height + 2 * padding - side) / stride + 1;
  }

  /** Places from left to right. */
  public int placesAcross() {
    return (width + 2 * padding - side) / stride + 1;
  }

  /** All places. */
  public int places() {
    return placesDown() * placesAcross();
  }
}
