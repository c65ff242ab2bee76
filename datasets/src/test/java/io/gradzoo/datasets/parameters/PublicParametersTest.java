package io.gradzoo.datasets.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.format.Safetensors;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.ParameterLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicParametersTest {
  private static final String WEIGHT = "gnn.a.weight";
  private static final String BIAS = "gnn.a.bias";

  @TempDir Path folder;

  @Test
  void parametersComeInTheLayoutsOrder() throws IOException {
    Path file = write(Map.of(BIAS, tensor(2, 7, 8), WEIGHT, matrix(1, 2, 3, 4, 5, 6)));

    assertThat(PublicParameters.read(file, layout())).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void whatThePublicCodeNeverUsesIsLeftAlone() throws IOException {
    Path file =
        write(
            Map.of(
                BIAS,
                tensor(2, 7, 8),
                WEIGHT,
                matrix(1, 2, 3, 4, 5, 6),
                "gnn.readout.phi.fc.0.bias",
                tensor(1, Float.NaN)));

    assertThat(PublicParameters.read(file, layout())).hasSize(8);
  }

  @Test
  void everythingThatDoesNotFitIsNamed() throws IOException {
    Path file =
        write(Map.of(WEIGHT, tensor(2, 1, 2), "gnn.b", tensor(1, 1), "gnn.c", tensor(1, 1)));

    assertThatThrownBy(() -> PublicParameters.read(file, layout()))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "parameters: "
                + file
                + ": expected gnn.a.weight [2, 3] (found [2]), gnn.a.bias [2] (found none),"
                + " no 'gnn.b' and 1 more, found 3 parameters (fix: choose the settings and the"
                + " target networks that the model was trained with)");
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() throws IOException {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      Path file = write(Map.of(BIAS, tensor(2, 7, bad), WEIGHT, matrix(1, 2, 3, 4, 5, 6)));

      assertThatThrownBy(() -> PublicParameters.read(file, layout()))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(
              "!gnn.a.bias: expected finite numbers, found " + bad + " at index 1");
    }
  }

  @Test
  void otherKindsOfFilesAreRefusedByName() {
    assertThatThrownBy(() -> PublicParameters.read(Path.of("model.pth"), layout()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a name ending in .npz or .safetensors, found 'model.pth'");
  }

  private Path write(Map<String, FloatTensor> tensors) throws IOException {
    Path file = folder.resolve("model.safetensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      Safetensors.of(Map.of(), new TreeMap<>(tensors)).write(out);
    }
    return file;
  }

  private static ParameterLayout layout() {
    ParameterLayout layout = new ParameterLayout();
    layout.add(WEIGHT, Initialization.linear(3), 2, 3);
    layout.add(BIAS, Initialization.linear(3), 2);
    return layout;
  }

  private static FloatTensor matrix(float... values) {
    return new FloatTensor(List.of(2, 3), values);
  }

  private static FloatTensor tensor(int size, float... values) {
    return new FloatTensor(List.of(size), Arrays.copyOf(values, size));
  }
}
