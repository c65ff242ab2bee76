package io.gradzoo.datasets.smallcnn;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.CsvRows;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the numbers of one network lie in a row of {@code weights.npy}: layer by layer, the bias
 * before the kernel; kernels as Keras has them, [height, width, in, out] or [in, out].
 *
 * @param layers in order
 */
public record ZooLayout(List<ZooLayer> layers) {
  private static final int MOST_LAYERS = 100;
  private static final Pattern SHAPE = Pattern.compile("\\((\\d{1,6}(?:, ?\\d{1,6})*),?\\)");
  private static final String FIX = "fetch the file again";

  public ZooLayout {
    layers = List.copyOf(layers);
  }

  /**
   * Reads {@code layout.csv}.
   *
   * @throws io.gradzoo.datasets.DataException if the variables are not a bias and a kernel for each
   *     layer, without gaps
   */
  public static ZooLayout read(Place place, InputStream in) {
    CsvRows rows = new CsvRows(place, in);
    List<ZooLayer> layers = new ArrayList<>();
    int end = 0;
    for (Optional<List<Integer>> bias = shape(rows, end, "bias");
        bias.isPresent();
        bias = shape(rows, end, "bias")) {
      end += product(bias.get());
      List<Integer> kernel =
          shape(rows, end, "kernel")
              .orElseThrow(() -> rows.here().fault("a kernel", "the end of the file", FIX));
      end += product(kernel);
      int rank = kernel.size();
      boolean square = rank == 2 || (rank == 4 && kernel.get(0).equals(kernel.get(1)));
      if (!square || !bias.get().equals(kernel.subList(rank - 1, rank))) {
        String expected = "a square kernel [height, width, in, out], or [in, out], for its bias";
        throw rows.here().fault(expected, kernel + " for " + bias.get(), FIX);
      }
      layers.add(new ZooLayer(kernel));
      if (layers.size() > MOST_LAYERS) {
        throw rows.here().fault("at most " + MOST_LAYERS + " layers", "more", FIX);
      }
    }
    if (layers.isEmpty()) {
      throw place.fault("a layer", "none", FIX);
    }
    return new ZooLayout(layers);
  }

  /** Count of a network's numbers. */
  public int size() {
    return layers.stream().mapToInt(ZooLayer::size).sum();
  }

  /**
   * Where the numbers of this program's order lie: number i of it (weight [out, in, height, width]
   * or [out, in], then bias, layer by layer) is number {@code order()[i]} of a row.
   */
  public int[] order() {
    int[] order = new int[size()];
    int start = 0;
    for (ZooLayer layer : layers) {
      layer.order(order, start);
      start += layer.size();
    }
    return order;
  }

  /**
   * The networks' layers in this program's words, with those that have no parameters: as the zoo
   * was made, convolutions have stride 2 and no padding, and the mean over positions is taken
   * before the dense layer.
   */
  public List<String> stages() {
    return Stream.concat(
            layers.stream().filter(ZooLayer::convolution).map(ZooLayer::stage),
            Stream.concat(
                layers.get(0).convolution() ? Stream.of("gap") : Stream.empty(),
                layers.stream().filter(layer -> !layer.convolution()).map(ZooLayer::stage)))
        .toList();
  }

  /** The file's text. */
  public String csv() {
    StringBuilder text = new StringBuilder("varname,start_idx,end_idx,size,shape\n");
    int start = 0;
    int convolutions = 0;
    int dense = 0;
    for (ZooLayer layer : layers) {
      int number = layer.convolution() ? convolutions++ : dense++;
      String name =
          "sequential/"
              + (layer.convolution() ? "conv2d" : "dense")
              + (number == 0 ? "" : "_" + number);
      start = line(text, name + "/bias:0", start, List.of(layer.out()));
      start = line(text, name + "/kernel:0", start, layer.kernel());
    }
    return text.toString();
  }

  private static int line(StringBuilder text, String name, int start, List<Integer> shape) {
    int size = product(shape);
    String sizes = shape.toString().replace("[", "(").replace("]", shape.size() == 1 ? ",)" : ")");
    text.append("%s,%d,%d,%d,\"%s\"%n".formatted(name, start, start + size, size, sizes));
    return start + size;
  }

  /** The shape of the next variable, which is of this kind and begins there. */
  private static Optional<List<Integer>> shape(CsvRows rows, int start, String kind) {
    Optional<String[]> row = rows.next();
    if (row.isEmpty()) {
      return Optional.empty();
    }
    String[] cells = row.get();
    String name = cells[rows.column("varname")];
    Matcher shape = SHAPE.matcher(cells[rows.column("shape")]);
    if (!name.endsWith("/" + kind + ":0") || !shape.matches()) {
      String found = Place.quote(name + " " + cells[rows.column("shape")]);
      throw rows.here().fault("a variable …/" + kind + ":0 with a shape (n, …)", found, FIX);
    }
    List<Integer> sizes = Stream.of(shape.group(1).split(", ?", -1)).map(Integer::valueOf).toList();
    long size =
        sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> Math.min(a * b, 1L << 40));
    String expected = start + "," + (start + size) + "," + size;
    String found =
        cells[rows.column("start_idx")]
            + ","
            + cells[rows.column("end_idx")]
            + ","
            + cells[rows.column("size")];
    if (!found.equals(expected) || start + size > Integer.MAX_VALUE / 8 || size == 0) {
      throw rows.here().fault("start, end and size " + expected, Place.quote(found), FIX);
    }
    return Optional.of(sizes);
  }

  private static int product(List<Integer> sizes) {
    return sizes.stream().reduce(1, Math::multiplyExact);
  }
}
