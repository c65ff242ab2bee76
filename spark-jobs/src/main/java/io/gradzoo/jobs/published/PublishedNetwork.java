package io.gradzoo.jobs.published;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.image.ImageForm;
import io.gradzoo.datasets.image.ImageSets;
import io.gradzoo.datasets.smallcnn.ZooLayer;
import io.gradzoo.datasets.smallcnn.ZooLayout;
import io.gradzoo.datasets.smallcnn.ZooMetricsRow;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says in this program's words which network a row of metrics is of. */
final class PublishedNetwork {
  /** What the published zoo calls its one architecture. */
  private static final String STANDARD = "cnn";

  private static final String FIX = "give layout.csv and metrics.csv as they were published";

  private PublishedNetwork() {}

  /**
   * The architecture of a network.
   *
   * @param place of the row, for messages
   * @throws io.gradzoo.datasets.DataException if the row names none that has the layout
   */
  static LayeredArchitecture of(Place place, ZooMetricsRow row, ZooLayout layout) {
    String layers =
        row.architecture().equals(STANDARD)
            ? input(place, row, layout) + ":" + String.join(":", layout.stages())
            : row.architecture();
    String text = row.activation().toLowerCase(Locale.ROOT) + ":" + layers;
    LayeredArchitecture architecture;
    try {
      architecture = LayeredArchitecture.parse(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw place.fault("an architecture", Place.quote(text), FIX);
    }
    if (!has(architecture.affineLayers(), layout.layers())) {
      throw place.fault("an architecture with the layers of layout.csv", Place.quote(text), FIX);
    }
    return architecture;
  }

  private static boolean has(List<AffineLayer> layers, List<ZooLayer> stored) {
    if (layers.size() != stored.size()) {
      return false;
    }
    for (int i = 0; i < layers.size(); i++) {
      AffineLayer layer = layers.get(i);
      ZooLayer found = stored.get(i);
      boolean same =
          layer.in() == found.in()
              && layer.out() == found.out()
              && layer.kernel() * layer.kernel() == found.positions()
              && layer.convolution() == found.convolution();
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** The image set that published zoos call so, if there is one. */
  static Optional<String> images(String dataset) {
    String name = dataset.equals("svhn_cropped") ? "svhn" : dataset;
    return ImageSets.names().contains(name) ? Optional.of(name) : Optional.empty();
  }

  /** The zoo's images are grey; its kernels say how many channels they have. */
  private static String input(Place place, ZooMetricsRow row, ZooLayout layout) {
    ImageForm form =
        images(row.dataset())
            .flatMap(name -> ImageSets.named(name).form())
            .orElseThrow(
                () -> place.fault("one of " + ImageSets.names(), Place.quote(row.dataset()), FIX));
    return layout.layers().get(0).in() + "x" + form.shape().height() + "x" + form.shape().width();
  }
}
