package io.gradzoo.engine.network.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class TransformerArchitectureTest {
  static final List<String> ids = Transformers.IDS;

  @ParameterizedTest
  @FieldSource("ids")
  void theTextFormReadsBack(String id) {
    TransformerArchitecture architecture = TransformerArchitecture.parse(id);
    assertThat(architecture.id()).isEqualTo(id);
    assertThat(TransformerArchitecture.parse(architecture.id())).isEqualTo(architecture);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "relu:64:dense10 | expected transformer, found 'relu'",
        "transformer:v7:t5:w6 | expected a width such as d16, found 'w6'",
        "transformer:v7:t5:d6:h2:f7:l2:tanh:causal:token7 | expected relu or gelu, found 'tanh'",
        "transformer:v7:t5:d6:h2:f7:l2:gelu:causal | expected a readout such as token32 or mean10,"
            + " found the end",
        "transformer:v7:t5:d6:h2:f7:l2:gelu:causal:token7:x | expected nothing after 10 parts,"
            + " found 'x'",
        "transformer:v7:t5:d6:h4:f7:l2:gelu:causal:token7 | expected heads that divide the width"
            + " 6, found 4 heads",
        "transformer:v7:t0:d6:h2:f7:l2:gelu:causal:token7 | expected positions t > 0, found 0",
        "transformer:v7777777777:t5:d6:h2:f7:l2:gelu:causal:token7 | expected a number below 2³¹,"
            + " found 7777777777"
      })
  void whatIsNotUnderstoodIsNamed(String id, String fault) {
    assertThatThrownBy(() -> TransformerArchitecture.parse(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("architecture '" + id + "': ")
        .hasMessageEndingWith(fault);
  }

  @ParameterizedTest
  @FieldSource("ids")
  void namedTensorsTileTheFlatVector(String id) {
    TransformerArchitecture a = TransformerArchitecture.parse(id);
    TransformerLayout layout = a.layout();
    int next = 0;
    for (NamedTensor tensor : layout.tensors()) {
      assertThat(tensor.offset()).as(tensor.name()).isEqualTo(next);
      next += tensor.size();
    }
    int d = a.width();
    int block = 4 * (d * d + d) + 2 * d * a.hidden() + a.hidden() + d + 4 * d;
    int expected =
        (a.vocabulary() + a.positions()) * d + a.blocks() * block + 2 * d + (d + 1) * a.outputs();
    assertThat(next).isEqualTo(expected).isEqualTo(layout.parameterCount());
    assertThat(layout.tensors()).extracting(NamedTensor::name).doesNotHaveDuplicates();
  }

  @Test
  void everyStageNamesTheNeuronsItJoins() {
    TransformerLayout layout =
        TransformerArchitecture.parse("transformer:v7:t5:d6:h2:f9:l2:gelu:causal:token7").layout();
    assertThat(layout.layers())
        .filteredOn(layer -> layer.name().startsWith("block1") || !layer.name().contains("block"))
        .extracting(layer -> layer.in().name() + " " + layer.name() + " " + layer.out().name())
        .containsExactly(
            "vocabulary token residual",
            "positions position residual",
            "residual block1.norm1 residual",
            "residual block1.query block1.keys",
            "residual block1.key block1.keys",
            "residual block1.value block1.values",
            "block1.values block1.output residual",
            "residual block1.norm2 residual",
            "residual block1.up block1.hidden",
            "block1.hidden block1.down residual",
            "residual norm residual",
            "residual head outputs");
    assertThat(layout.spaces())
        .extracting(space -> space.name() + " " + space.groups() + "x" + space.groupWidth())
        .containsExactly(
            "vocabulary 7x1",
            "positions 5x1",
            "residual 1x6",
            "block0.keys 2x3",
            "block0.values 2x3",
            "block0.hidden 1x9",
            "block1.keys 2x3",
            "block1.values 2x3",
            "block1.hidden 1x9",
            "outputs 7x1");
  }
}
