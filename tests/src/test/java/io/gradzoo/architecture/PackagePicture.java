package io.gradzoo.architecture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A {@link PackageGraph} as an SVG file: modules are boxes one below the other, packages stand in
 * layers, and every line leads down to what is needed. Lines that pass a layer have a place of
 * their own in it.
 */
final class PackagePicture {
  private static final List<String> MODULES = List.of("jobs", "datasets", "engine");
  private static final Map<String, String> TITLES =
      Map.of("jobs", "spark-jobs", "datasets", "datasets", "engine", "engine");
  private static final Map<String, String> COLOURS =
      Map.of("jobs", "#2f6f9f", "datasets", "#8a6d1f", "engine", "#3d7a4b");

  private static final int BOX = 26;
  private static final int LAYER = 74;
  private static final int MODULE_GAP = 46;
  private static final int GAP = 14;
  private static final int LETTER = 8;
  private static final int MARGIN = 30;
  private static final int SWEEPS = 40;

  /** A package, or the place where a line passes a layer. */
  private static final class Place {
    final String name;
    final int width;
    final List<Place> above = new ArrayList<>();
    final List<Place> below = new ArrayList<>();
    double x;
    int y;

    Place(String name, int width) {
      this.name = name;
      this.width = width;
    }

    double mean(List<Place> others) {
      return others.stream().mapToDouble(other -> other.x).average().orElse(x);
    }
  }

  private final PackageGraph graph;
  private final List<List<Place>> layers = new ArrayList<>();
  private final Map<String, Place> packages = new TreeMap<>();
  private final Map<String, Integer> layerOf = new TreeMap<>();
  private final Map<String, int[]> rows = new TreeMap<>();

  private PackagePicture(PackageGraph graph) {
    this.graph = graph;
  }

  static String svg(PackageGraph graph) {
    PackagePicture picture = new PackagePicture(graph);
    picture.place();
    picture.connect();
    picture.arrange();
    return picture.draw();
  }

  private void place() {
    int y = MARGIN + 20;
    for (String module : MODULES) {
      int top = y;
      for (List<String> names : graph.layers(module)) {
        List<Place> layer = new ArrayList<>();
        for (String name : names) {
          Place place = new Place(name, LETTER * label(name).length() + 18);
          place.y = y;
          layer.add(place);
          packages.put(name, place);
          layerOf.put(name, layers.size());
        }
        layers.add(layer);
        y += LAYER;
      }
      rows.put(module, new int[] {top, y - LAYER + BOX});
      y += MODULE_GAP;
    }
  }

  private void connect() {
    graph.needs().forEach((name, others) -> others.forEach(other -> connect(name, other)));
  }

  private void connect(String from, String to) {
    Place place = packages.get(from);
    for (int layer = layerOf.get(from) + 1; layer < layerOf.get(to); layer++) {
      Place passing = new Place(null, 4);
      passing.y = layers.get(layer).get(0).y;
      layers.get(layer).add(passing);
      join(place, passing);
      place = passing;
    }
    join(place, packages.get(to));
  }

  private static void join(Place upper, Place lower) {
    upper.below.add(lower);
    lower.above.add(upper);
  }

  /** Orders each layer by the means of its neighbours, then moves it towards these means. */
  private void arrange() {
    layers.forEach(PackagePicture::spread);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean down = sweep % 2 == 0;
      for (int i = 0; i < layers.size(); i++) {
        List<Place> layer = layers.get(down ? i : layers.size() - 1 - i);
        layer.forEach(place -> place.x = place.mean(down ? place.above : place.below));
        layer.sort(Comparator.comparingDouble(place -> place.x));
        separate(layer);
      }
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (List<Place> layer : layers) {
        layer.forEach(place -> place.x = (place.mean(place.above) + place.mean(place.below)) / 2);
        separate(layer);
      }
    }
  }

  private static void spread(List<Place> layer) {
    double x = 0;
    for (Place place : layer) {
      place.x = x + place.width / 2.0;
      x += place.width + GAP;
    }
  }

  /** Moves places of a layer apart, in their order, each as far to one side as to the other. */
  private static void separate(List<Place> layer) {
    int n = layer.size();
    double[] left = new double[n];
    double[] right = new double[n];
    for (int i = 0; i < n; i++) {
      left[i] = layer.get(i).x;
      if (i > 0) {
        left[i] = Math.max(left[i], left[i - 1] + distance(layer, i));
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      right[i] = layer.get(i).x;
      if (i < n - 1) {
        right[i] = Math.min(right[i], right[i + 1] - distance(layer, i + 1));
      }
    }
    for (int i = 0; i < n; i++) {
      layer.get(i).x = (left[i] + right[i]) / 2;
    }
  }

  private static double distance(List<Place> layer, int i) {
    return (layer.get(i - 1).width + layer.get(i).width) / 2.0 + GAP;
  }

  private String draw() {
    double least = Double.MAX_VALUE;
    double most = -Double.MAX_VALUE;
    for (List<Place> layer : layers) {
      for (Place place : layer) {
        least = Math.min(least, place.x - place.width / 2.0);
        most = Math.max(most, place.x + place.width / 2.0);
      }
    }
    double shift = 2 * MARGIN - least;
    layers.forEach(layer -> layer.forEach(place -> place.x = Math.rint(place.x + shift)));
    int width = (int) Math.rint(most - least) + 4 * MARGIN;
    int height = rows.get("engine")[1] + 2 * MARGIN;
    StringBuilder svg = new StringBuilder();
    line(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"13\">",
        width,
        height,
        width,
        height);
    line(svg, "<title>Packages of Gradzoo and what each needs</title>");
    line(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    MODULES.forEach(module -> module(svg, module, width));
    packages.values().forEach(place -> place.below.forEach(next -> edge(svg, place, next)));
    packages.values().forEach(place -> box(svg, place));
    line(svg, "</svg>");
    return svg.toString();
  }

  private void module(StringBuilder svg, String module, int width) {
    int top = rows.get(module)[0] - 24;
    int bottom = rows.get(module)[1] + 14;
    line(
        svg,
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"%s\""
            + " fill-opacity=\"0.06\" stroke=\"%s\"/>",
        MARGIN / 2,
        top,
        width - MARGIN,
        bottom - top,
        COLOURS.get(module),
        COLOURS.get(module));
    line(
        svg,
        "<text x=\"%d\" y=\"%d\" font-weight=\"bold\" fill=\"%s\">%s</text>",
        MARGIN / 2 + 10,
        top + 18,
        COLOURS.get(module),
        TITLES.get(module));
  }

  private static void edge(StringBuilder svg, Place from, Place first) {
    StringBuilder path = new StringBuilder();
    append(path, "M%d %d", (int) from.x, from.y + BOX);
    int y = from.y + BOX;
    double x = from.x;
    Place next = first;
    while (true) {
      int half = (y + next.y) / 2;
      append(path, "C%d %d %d %d %d %d", (int) x, half, (int) next.x, half, (int) next.x, next.y);
      if (next.name != null) {
        break;
      }
      append(path, "V%d", next.y + BOX);
      x = next.x;
      y = next.y + BOX;
      next = next.below.get(0);
    }
    String module = PackageGraph.module(from.name);
    line(
        svg,
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-opacity=\"0.55\"/>",
        path,
        COLOURS.get(module));
  }

  private static void box(StringBuilder svg, Place place) {
    String colour = COLOURS.get(PackageGraph.module(place.name));
    line(
        svg,
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\" fill=\"white\""
            + " stroke=\"%s\"/>",
        (int) place.x - place.width / 2,
        place.y,
        place.width,
        BOX,
        colour);
    line(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
        (int) place.x,
        place.y + 18,
        label(place.name));
  }

  private static String label(String name) {
    return name.substring(name.indexOf('.') + 1);
  }

  private static void line(StringBuilder svg, String format, Object... values) {
    append(svg, format + "%n", values);
  }

  private static void append(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
  }
}
