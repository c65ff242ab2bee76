package io.gradzoo.engine.network.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Shape;
import org.junit.jupiter.api.Test;

class ImageTokensTest {

  @Test
  void tokensAreGreyLevelsOfSquaresRowByRow() {
    float[] image = {
      -1f, -1f, 1f, 1f, //
      -1f, -1f, 1f, 1f, //
      -0.5f, 0.5f, -1f, 0.8f, //
      0f, 0f, -1f, 0.8f
    };
    assertThat(tokens(new Shape(1, 4, 4), "v4:t4", image)).containsExactly(0, 3, 2, 1);
    assertThat(tokens(new Shape(1, 4, 4), "v10:t1", image)).containsExactly(4);
    assertThat(tokens(new Shape(1, 4, 4), "v2:t16", image))
        .containsExactly(0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0, 1);
  }

  @Test
  void aLevelBeginsWhereItsIntervalDoes() {
    Shape line = new Shape(1, 1, 4);
    assertThat(tokens(line, "v4:t4", -0.5f, Math.nextDown(-0.5f), 0f, 0.5f))
        .containsExactly(1, 0, 2, 3);
  }

  @Test
  void channelsAndLaterImagesAreReadToo() {
    Shape image = new Shape(2, 1, 2);
    TransformerArchitecture architecture = architecture("v4:t2");
    Sequences sequences =
        new ImageTokens(image, architecture)
            .sequences(new float[] {-1, 1, -1, 1, 1, -1, 0.2f, -1}, 2);
    assertThat(sequences.tokens()).containsExactly(0, 3, 3, 0);
    assertThat(sequences.starts()).containsExactly(0, 2, 4);
    sequences.requireFit(architecture);
  }

  @Test
  void whatDoesNotDivideIsRefused() {
    assertThatThrownBy(() -> tokens(new Shape(1, 8, 8), "v4:t9"))
        .hasMessage(
            "expected positions that cut images of 1x8x8 into equal squares (t1, t4, t16, t64), found t9");
    assertThatThrownBy(() -> tokens(new Shape(1, 8, 8), "v1:t16"))
        .hasMessage("expected a vocabulary of at least v2 for grey levels, found v1");
  }

  @Test
  void textsOfEveryFamilyAreParsed() {
    assertThat(Architectures.parse("tanh:3:dense2"))
        .isEqualTo(LayeredArchitecture.parse("tanh:3:dense2"));
    TransformerArchitecture transformer = architecture("v4:t2");
    assertThat(Architectures.parse(transformer.id())).isEqualTo(transformer);
    assertThat(transformer.parameterCount()).isEqualTo(transformer.layout().parameterCount());
    assertThatThrownBy(() -> Architectures.parse("transformer:v4"))
        .hasMessageContaining("expected positions such as t8");
  }

  private static int[] tokens(Shape image, String sizes, float... pixels) {
    return new ImageTokens(image, architecture(sizes)).sequences(pixels, 1).tokens();
  }

  private static TransformerArchitecture architecture(String sizes) {
    return TransformerArchitecture.parse("transformer:" + sizes + ":d4:h2:f4:l1:relu:full:mean2");
  }
}
