package io.gradzoo.datasets.smallcnn;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.split.PythonRandom;
import io.gradzoo.datasets.split.Split;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;

/**
 * Networks of a small CNN zoo to train, validate and test metanetworks on, as the published
 * experiments divide them: of the networks at the last step, in the order of a published list of
 * rows, the second half is for testing; of the first, shuffled with Python's {@code
 * random.Random(0)}, four fifths are for training and the rest for validation. The published lists
 * name row 0 twice, so that a network may be in a split twice.
 *
 * @param train rows of {@code weights.npy}
 * @param validation rows
 * @param test rows
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, never compared
public record PublishedSplit(int[] train, int[] validation, int[] test) {
  private static final String FIX = "fetch the split file again";
  private static final int LONGEST = 10;

  /**
   * Reads a published list of rows: one number a line. Its first line looks like a header and is a
   * row like the others.
   *
   * @param rows count of the zoo's rows, which bounds the list
   * @throws io.gradzoo.datasets.DataException naming the line that is no row of the zoo
   */
  public static int[] readRows(Place place, Reader in, int rows) throws IOException {
    BufferedReader lines = new BufferedReader(in);
    int[] list = new int[rows + 1];
    int count = 0;
    for (String line = line(lines); !line.isEmpty(); line = line(lines)) {
      if (!line.matches("\\d{1," + LONGEST + "}") || Long.parseLong(line) >= rows) {
        throw place
            .atLine(count + 1L)
            .fault("a row from 0 to " + (rows - 1), Place.quote(line), FIX);
      }
      if (count == list.length) {
        throw place.atLine(count + 1L).fault("at most " + list.length + " rows", "more", FIX);
      }
      list[count++] = Integer.parseInt(line);
    }
    return Arrays.copyOf(list, count);
  }

  /**
   * Divides rows.
   *
   * @param rows in the published order
   * @param last whether a row's network is at the last step
   */
  public static PublishedSplit of(int[] rows, IntPredicate last) {
    int[] kept = Arrays.stream(rows).filter(last).toArray();
    int half = kept.length / 2;
    int[] first = Arrays.copyOf(kept, half);
    new PythonRandom(0).shuffle(first);
    int train = (int) (0.8 * half);
    return new PublishedSplit(
        Arrays.copyOf(first, train),
        Arrays.copyOfRange(first, train, half),
        Arrays.copyOfRange(kept, half, kept.length));
  }

  /**
   * Says of every row in which split it is; of a row that is in two, the later of training,
   * validation and test last.
   */
  public void forEach(BiConsumer<Integer, Split> use) {
    Arrays.stream(train).forEach(row -> use.accept(row, Split.TRAIN));
    Arrays.stream(validation).forEach(row -> use.accept(row, Split.VALIDATION));
    Arrays.stream(test).forEach(row -> use.accept(row, Split.TEST));
  }

  /** A line, and never more than one character beyond what a number can have. */
  private static String line(Reader in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '\n' && line.length() <= LONGEST) {
      if (next != '\r') {
        line.append((char) next);
      }
      next = in.read();
    }
    return line.toString();
  }
}
