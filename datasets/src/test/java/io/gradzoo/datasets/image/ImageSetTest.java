package io.gradzoo.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.network.Shape;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ImageSetTest {
  private static final ImageSet NUMBERED = numbered();

  @Test
  void everyImageGoesToExactlyOnePartWithItsLabel() {
    ImageSet.Division parts = NUMBERED.divide(3, 0.8);

    Set<Float> seen = new TreeSet<>();
    for (ImageSet part : new ImageSet[] {parts.train(), parts.test()}) {
      for (int i = 0; i < part.size(); i++) {
        float number = part.pixels()[2 * i];
        assertThat(seen.add(number)).isTrue();
        assertThat(part.pixels()[2 * i + 1]).isEqualTo(-number);
        assertThat(part.labels()[i]).isEqualTo(NUMBERED.labels()[(int) number]);
      }
    }
    assertThat(seen).hasSize(NUMBERED.size());
  }

  @Test
  void eachClassIsDividedInTheSameProportion() {
    ImageSet.Division parts = NUMBERED.divide(3, 0.8);

    assertThat(count(parts.train(), 0)).isEqualTo(40);
    assertThat(count(parts.test(), 0)).isEqualTo(10);
    assertThat(count(parts.train(), 1)).isEqualTo(16);
    assertThat(count(parts.test(), 1)).isEqualTo(4);
  }

  @Test
  void theSeedAloneChoosesTheDivision() {
    float[] once = NUMBERED.divide(5, 0.8).test().pixels();

    assertThat(NUMBERED.divide(5, 0.8).test().pixels()).isEqualTo(once);
    assertThat(NUMBERED.divide(6, 0.8).test().pixels()).isNotEqualTo(once);
  }

  @Test
  void theDigitsAreDividedAsEver() {
    ImageSet.Division parts = DigitImages.load().divide(42, 0.8);

    assertThat(parts.train().size()).isEqualTo(1438);
    assertThat(Arrays.copyOf(parts.test().labels(), 12))
        .containsExactly(0, 2, 5, 6, 8, 0, 9, 5, 9, 1, 2, 2);
  }

  @Test
  void labelsAndPixelsMustFitTheShapeAndClasses() {
    Shape pair = Shape.flat(2);

    assertThatThrownBy(() -> new ImageSet(pair, 2, new float[3], new int[2]))
        .hasMessageContaining("expected 2 images of 2 pixels, found 3 pixels");
    assertThatThrownBy(() -> new ImageSet(pair, 2, new float[2], new int[] {2}))
        .hasMessageContaining("expected labels from 0 to 1, found 2");
    assertThatThrownBy(() -> NUMBERED.divide(1, 1.0)).hasMessageContaining("found 1.0");
  }

  /** 50 images of class 0 and 20 of class 1; image i is (i, -i). */
  private static ImageSet numbered() {
    int[] labels = new int[70];
    float[] pixels = new float[140];
    for (int i = 0; i < 70; i++) {
      labels[i] = i % 7 < 5 ? 0 : 1;
      pixels[2 * i] = i;
      pixels[2 * i + 1] = -i;
    }
    return new ImageSet(Shape.flat(2), 2, pixels, labels);
  }

  private static long count(ImageSet set, int label) {
    return Arrays.stream(set.labels()).filter(found -> found == label).count();
  }
}
