package io.gradzoo.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import io.gradzoo.engine.network.Shape;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitImagesTest {
  private static final ImageSet DIGITS = DigitImages.load();

  @Test
  void thereAre1797ImagesOf8By8InTenClasses() {
    int[] perClass = new int[10];
    Arrays.stream(DIGITS.labels()).forEach(label -> perClass[label]++);

    assertThat(DIGITS.size()).isEqualTo(1797);
    assertThat(DIGITS.shape()).isEqualTo(new Shape(1, 8, 8));
    assertThat(DIGITS.classes()).isEqualTo(10);
    // As scikit-learn's documentation of load_digits counts them.
    assertThat(perClass).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
  }

  @Test
  void theFirstImageIsTheZeroThatTheFileBeginsWith() {
    int[] firstRow = {0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0};

    assertThat(DIGITS.labels()[0]).isZero();
    for (int i = 0; i < firstRow.length; i++) {
      assertThat(DIGITS.pixels()[i]).isEqualTo(firstRow[i] / 8f - 1f);
    }
  }

  @Test
  void pixelsSpanTheIntervalFromMinusOneToOne() {
    float lowest = Float.MAX_VALUE;
    float highest = -Float.MAX_VALUE;
    for (float pixel : DIGITS.pixels()) {
      lowest = Math.min(lowest, pixel);
      highest = Math.max(highest, pixel);
    }

    assertThat(lowest).isEqualTo(-1f);
    assertThat(highest).isEqualTo(1f);
  }

  @Test
  void theEngineTakesTheSameImages() {
    assertThat(DIGITS.samples().shape()).isEqualTo(DIGITS.shape());
    assertThat(DIGITS.samples().inputs()).isSameAs(DIGITS.pixels());
    assertThat(DIGITS.samples().labels()).isSameAs(DIGITS.labels());
  }

  @Test
  void anUnknownSetIsAnErrorThatNamesTheKnownOnes() {
    assertThatThrownBy(() -> ImageSets.named("letters"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "image set: expected one of [cifar10, digits, fashion_mnist, mnist, png, svhn], found"
                + " 'letters'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`0,4,1;1,x,0` | line 2: expected a pixel from 0 to 4, found 'x'",
        "`0,4,1;1,5,0` | line 2: expected a pixel from 0 to 4, found 5",
        "`0,4,1;1,-1,0` | line 2: expected a pixel from 0 to 4, found '-'",
        "`0,4,3` | line 1: expected the label from 0 to 2, found 3",
        "`0,4` | line 1: expected ',', found the end of the file",
        "`0,4;0,4,1` | line 1: expected ',', found the end of the line",
        "`0,4,1,1` | line 1: expected the end of the line, found ','",
        "`0, 4,1` | line 1: expected a pixel from 0 to 4, found ' '",
        "`0,4,1;;0,4,1` | line 2: expected a pixel from 0 to 4, found the end of the line",
        "`0,99999999999999,1` | line 1: expected a pixel from 0 to 4"
      })
  void badLinesAreNamed(String text, String message) {
    LabelledPixels format = new LabelledPixels(new Shape(1, 1, 2), 3, 4);
    byte[] bytes = text.replace(';', '\n').getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> format.read(Place.of("csv", "x"), new ByteArrayInputStream(bytes)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("csv: x:" + message);
  }
}
