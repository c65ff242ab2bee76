package io.gradzoo.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.network.transformer.Architectures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParsedTextsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "relu:1x8x8:conv8k3s1p0:gap:dense10",
        "sine30:2:dense32:dense1",
        "transformer:v32:t8:d16:h4:f32:l2:gelu:causal:token32"
      })
  void anArchitectureIsOneObjectForEveryRowAndOnTheOtherSideOfTheWire(String text)
      throws IOException, ClassNotFoundException {
    Architecture first = Architectures.parse(text);

    assertThat(Architectures.parse(text + "")).isSameAs(first);
    assertThat(first.id()).isEqualTo(text);
    assertThat(sent(first)).isSameAs(first);
  }

  @Test
  void textsThatWereNotUsedForLongAreParsedAgain() {
    List<String> parsed = new ArrayList<>();
    ParsedTexts<Integer> texts =
        new ParsedTexts<>(
            text -> {
              parsed.add(text);
              return Integer.valueOf(text);
            });
    for (int i = 0; i < 3000; i++) {
      texts.parse("0");
      texts.parse(Integer.toString(i));
    }

    assertThat(parsed).hasSize(3000).startsWith("0", "1");
    assertThat(texts.parse("1")).isEqualTo(1);
    assertThat(parsed).hasSize(3001);
  }

  @Test
  void aTextThatIsRefusedIsRefusedAgain() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> Architectures.parse("relu:1:none"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("none");
    }
  }

  private static Object sent(Object value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
