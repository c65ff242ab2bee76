package io.gradzoo.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.jobs.config.ActivationSelection;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.golden.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The presets against the public code's parameters at full size, by name and shape. */
class PublicPresetsTest {
  private static final Path CONF = Path.of("../conf");
  private static final Path SHAPES =
      Path.of("src/test/resources/golden/scalegmn_param_shapes.json");

  /**
   * In reference mode, because the public readout of the full graph counts a perceptron that it
   * never calls, which ours has in this mode alone.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "scalegmn-cifar10-relu, cifar10/scalegmn_relu.yml",
    "scalegmn-cifar10-relu-bidir, cifar10/scalegmn_relu_bidir.yml",
    "scalegmn-cifar10-tanh, cifar10/scalegmn_tanh.yml",
    "scalegmn-cifar10-tanh-bidir, cifar10/scalegmn_tanh_bidir.yml",
    "scalegmn-cifar10-hetero, cifar10/scalegmn_hetero.yml",
    "scalegmn-cifar10-hetero-bidir, cifar10/scalegmn_hetero_bidir.yml",
    "scalegmn-svhn-relu, svhn/scalegmn_relu.yml",
    "scalegmn-svhn-relu-bidir, svhn/scalegmn_relu_bidir.yml",
    "scalegmn-svhn-tanh, svhn/scalegmn_tanh.yml",
    "scalegmn-svhn-tanh-bidir, svhn/scalegmn_tanh_bidir.yml",
    "scalegmn-mnist-inr, mnist_cls/scalegmn.yml",
    "scalegmn-mnist-inr-bidir, mnist_cls/scalegmn_bidir.yml",
    "scalegmn-fmnist-inr, fmnist_cls/scalegmn.yml",
    "scalegmn-fmnist-inr-bidir, fmnist_cls/scalegmn_bidir.yml",
    "scalegmn-cifar-inr, cifar_inr_cls/scalegmn.yml",
    "scalegmn-cifar-inr-bidir, cifar_inr_cls/scalegmn_bidir.yml",
    "scalegmn-cifar-inr-aug, cifar_inr_cls/scalegmn_aug.yml",
    "scalegmn-cifar-inr-aug-bidir, cifar_inr_cls/scalegmn_aug_bidir.yml",
    "scalegmn-mnist-editing, mnist_editing/scalegmn.yml",
    "scalegmn-mnist-editing-bidir, mnist_editing/scalegmn_bidir.yml"
  })
  void presetHasThePublicParameters(String preset, String configuration) throws IOException {
    JsonNode expected = new ObjectMapper().readTree(Files.readAllBytes(SHAPES)).get(configuration);
    ParameterLayout layout = layout(preset, "models.scalegmn.scalegmn.compatibility=reference");

    assertThat(shapes(layout)).containsExactlyInAnyOrderEntriesOf(shapes(expected.get("params")));
    assertThat(layout.size()).isEqualTo(expected.get("n_params").asInt());
  }

  @Test
  void exactModeLeavesOutNothingButTheUnusedPerceptronOfTheReadout() throws IOException {
    Set<String> leftOut = new TreeSet<>();
    for (String preset : presets()) {
      Map<String, List<Integer>> unused =
          new TreeMap<>(shapes(layout(preset, "models.scalegmn.scalegmn.compatibility=reference")));
      unused.keySet().removeAll(shapes(layout(preset)).keySet());

      assertThat(unused.keySet()).as(preset).allMatch(name -> name.startsWith("gnn.readout.phi."));
      leftOut.addAll(unused.keySet());
    }
    assertThat(leftOut).isNotEmpty();
  }

  @Test
  void thePruningPresetHasThePublicNames() {
    JsonNode entry = GoldenFiles.manifest().get("cnn_relu_edit9_prune");
    List<String> expected = new ArrayList<>();
    entry.get("params_in_registration_order").forEach(name -> expected.add(name.asText()));

    assertThat(shapes(layout("scalegmn-prune-cnn")).keySet())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> presets() throws IOException {
    try (var files = Files.list(CONF)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("scalegmn-"))
          .map(name -> name.replace(".conf", ""))
          .sorted()
          .toList();
    }
  }

  private static ParameterLayout layout(String preset, String... assignments) {
    GradzooConfig config = ConfigLayers.of(CONF.resolve(preset + ".conf"), assignments).load();
    ModelConfig model = config.requireModel("scalegmn");
    List<Architecture> architectures = new ArrayList<>();
    for (String activation : List.of("relu", "tanh", "sine30")) {
      for (String text : config.zoo().architectures()) {
        String id = activation + ":" + text;
        if (reads(model, id)) {
          architectures.add(Architectures.parse(id));
        }
      }
    }
    return model.spec(architectures).build().layout();
  }

  /** The hetero presets read the small CNN zoo, which has no sine networks. */
  private static boolean reads(ModelConfig model, String architecture) {
    String activation = LayeredArchitecture.parse(architecture).activation().name();
    return model.activations() == ActivationSelection.ALL
        ? !activation.equals("SINE")
        : model.activations().name().equals(activation);
  }

  private static Map<String, List<Integer>> shapes(ParameterLayout layout) {
    Map<String, List<Integer>> shapes = new TreeMap<>();
    for (Parameter parameter : layout.parameters()) {
      shapes.put(parameter.name(), parameter.shape());
    }
    return shapes;
  }

  private static Map<String, List<Integer>> shapes(JsonNode parameters) {
    Map<String, List<Integer>> shapes = new TreeMap<>();
    for (JsonNode parameter : parameters) {
      List<Integer> shape = new ArrayList<>();
      parameter.get(1).forEach(size -> shape.add(size.asInt()));
      shapes.put(parameter.get(0).asText(), shape);
    }
    return shapes;
  }
}
