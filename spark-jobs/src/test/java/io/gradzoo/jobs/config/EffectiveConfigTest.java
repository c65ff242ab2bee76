package io.gradzoo.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveConfigTest {
  private static final String MODELS =
      "models={s={kind=scalegmn,members=mlp},g={kind=gradmetanet,members=mlp}}";

  @TempDir Path folder;

  /** Which of the hashes (all, zoo, gradients, ScaleGMN, GradMetaNet) a change must change. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "seed=2,                            all zoo gradients s g",
    "zoo.runs=101,                      all zoo gradients s g",
    "zoo.checkpoints=[9],               all zoo gradients s g",
    "zoo.name=other,                    ''",
    "zoo.members-per-task=3,            ''",
    "zoo.max-failure-share=0.5,         ''",
    "storage.warehouse=elsewhere,       ''",
    "gradients.probe-samples=8,         all gradients g",
    "gradients.members-per-task=3,      ''",
    "gradients.loss=half_mse,           all gradients g",
    "gradients.chunk-bytes=4096,        all gradients g",
    "gradients.convolutions=full,       all gradients g",
    "models.s.scalegmn.width=8,         all s",
    "models.g.training.shards=2,        all g",
  })
  void aHashCoversWhatItsArtefactDependsOn(String change, String expected) {
    GradzooConfig before = load(MODELS);
    GradzooConfig after = load(MODELS, change);

    assertThat(changes(before, after)).isEqualTo(expected);
  }

  @Test
  void aRandomZooDoesNotDependOnHowOthersAreTrained() {
    String random = "zoo={source=random, images=none, architectures=[\"sine1:1:dense4:dense1\"] }";
    GradzooConfig before = load(random);

    assertThat(changes(before, load(random, "zoo.epochs=11"))).isEmpty();
    assertThat(changes(before, load(random, "zoo.runs=11"))).isEqualTo("all zoo gradients");
  }

  @Test
  void spellingDoesNotMatter() throws IOException {
    Path one =
        write("one.conf", "gradzoo { seed = 3, zoo.recipe.l2 = [1e-3, 1], splits.train=0.70 }");
    Path two =
        write("two.conf", "gradzoo.zoo.recipe.l2 = [\"0.001\", 1.0]\ngradzoo { seed = \"3\" }");

    EffectiveConfig first = ConfigLayers.of(one).load().effective();
    EffectiveConfig second = ConfigLayers.of(two).load().effective();

    assertThat(first.json()).isEqualTo(second.json());
    assertThat(first.hash()).isEqualTo(second.hash()).hasSize(64);
  }

  @Test
  void aPasswordInAPlaceIsShownToNobody() {
    String json = load(MODELS, "storage.warehouse=s3a://ada:HUSH@bucket/zoos").effective().json();

    assertThat(json).contains("s3a://***@bucket/zoos").doesNotContain("HUSH");
  }

  @Test
  void theEffectiveConfigReadsBackAsItself() throws IOException {
    EffectiveConfig config = ConfigLayers.of(Path.of("../conf/digits.conf")).load().effective();

    EffectiveConfig again =
        ConfigLayers.of(write("effective.json", config.json())).load().effective();

    assertThat(again.json()).isEqualTo(config.json());
    assertThat(config.json()).contains("\"members-per-task\": 16").doesNotContain("model-defaults");
  }

  private static String changes(GradzooConfig before, GradzooConfig after) {
    StringBuilder changes = new StringBuilder();
    EffectiveConfig a = before.effective();
    EffectiveConfig b = after.effective();
    changes.append(a.hash().equals(b.hash()) ? "" : "all ");
    changes.append(a.zooHash().equals(b.zooHash()) ? "" : "zoo ");
    changes.append(a.gradientsHash().equals(b.gradientsHash()) ? "" : "gradients ");
    List<String> models = before.models().isEmpty() ? List.of() : List.of("s", "g");
    for (String model : models) {
      String first = a.modelHash(before.model(model).orElseThrow());
      String second = b.modelHash(after.model(model).orElseThrow());
      changes.append(first.equals(second) ? "" : model + " ");
    }
    return changes.toString().strip();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static GradzooConfig load(String... assignments) {
    return new ConfigLayers(Optional.empty(), Optional.empty(), List.of(assignments)).load();
  }
}
