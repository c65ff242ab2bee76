package io.gradzoo.jobs.config;

import static io.gradzoo.jobs.config.Configs.load;
import static io.gradzoo.jobs.config.Configs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.network.Activation;
import io.gradzoo.jobs.config.block.Interval;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.model.registry.BuiltInKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLayersTest {
  private static final Path DIGITS = Path.of("../conf/digits.conf");

  private static final String KINDS = String.join(", ", BuiltInKinds.ALL.names());

  @TempDir Path folder;

  @Test
  void defaultsAloneAreAValidConfig() {
    GradzooConfig config = ConfigLayers.defaults().load();

    assertThat(config.seed()).isEqualTo(1);
    assertThat(config.zoo().recipe().activations())
        .containsExactly(Activation.RELU, Activation.TANH);
    assertThat(config.models()).isEmpty();
  }

  @Test
  void digitsPresetHasItsModels() {
    GradzooConfig config = ConfigLayers.of(DIGITS).load();

    assertThat(config.zoo().runs()).isEqualTo(400);
    assertThat(config.zoo().checkpoints()).containsExactly(2, 6, 20);
    assertThat(config.models()).containsOnlyKeys("scalegmn", "gradmetanet", "tuner");
    assertThat(config.requireModel("scalegmn").kind().name()).isEqualTo("scalegmn");
    assertThat(config.model("gradmetanet").orElseThrow().members())
        .isEqualTo(BuiltInFamilies.ALL.named("mlp").orElseThrow());
  }

  @Test
  void laterLayersWin() throws IOException {
    Path preset = write("preset.conf", "gradzoo.zoo { runs = 10, epochs = 10, batch-size = 10 }");
    Path file = write("mine.conf", "gradzoo.zoo { runs = 20, epochs = 20 }");

    ZooConfig zoo =
        new ConfigLayers(
                Optional.of(preset),
                Optional.of(file),
                List.of("zoo.runs=29", "gradzoo.zoo.runs=30"))
            .load()
            .zoo();

    assertThat(List.of(zoo.runs(), zoo.epochs(), zoo.batchSize(), zoo.membersPerTask()))
        .containsExactly(30, 20, 10, 8);
  }

  @Test
  void assignmentsTakeListsAndTexts() {
    GradzooConfig config =
        load(
            "zoo.architectures=[\"64:dense10\"]",
            "zoo.recipe.l2=[1e-9, 1e-3]",
            "storage.warehouse=s3a://bucket/path with = signs");

    assertThat(config.zoo().architectures()).containsExactly("64:dense10");
    assertThat(config.zoo().recipe().l2())
        .isEqualTo(new Interval(1e-9, 1e-3, Interval.Spacing.LOG_UNIFORM));
    assertThat(config.storage().warehouse()).isEqualTo("s3a://bucket/path with = signs");
  }

  @Test
  void allMistakesAreReportedAtOnceWithFileAndLine() throws IOException {
    Path file =
        write(
            "bad.conf",
            """
            gradzoo {
              seed = none
              zoo {
                epoch = 3
                runs = 0
                checkpoints = [5, 3]
                architectures = ["64:dense16:dense10", "64:dens10", "63:dense10"]
                recipe { activation = [rleu], dropout = [0.5, 0.1], learning-rate = 0.1 }
              }
              splits.train = 0.8
              models.m { kind = scalegmm, members = cnn }
            }
            """);

    assertThat(problems(file))
        .containsExactly(
            at(
                file,
                2,
                "seed: expected a whole number from 0 to 9223372036854775807, found \"none\""),
            at(file, 5, "zoo.runs: expected a whole number from 1 to 10000000, found \"0\""),
            at(
                file,
                7,
                "zoo.architectures: \"64:dens10\": expected a layer such as conv16k3s2p0, gap or"
                    + " dense10, found 'dens10'"),
            at(
                file,
                7,
                "zoo.architectures: \"63:dense10\": expected 64 inputs and 10 outputs for digits,"
                    + " found 63 and 10"),
            at(
                file,
                6,
                "zoo.checkpoints: expected increasing whole numbers from 0 to 100000, found \"3\""),
            at(
                file,
                8,
                "zoo.recipe.activation: expected one of relu, tanh, found \"rleu\""
                    + " (did you mean relu?)"),
            at(
                file,
                8,
                "zoo.recipe.learning-rate: expected two numbers [low, high] from 1.0E-12 to 100,"
                    + " low first, found \"0.1\""),
            at(
                file,
                8,
                "zoo.recipe.dropout: expected two numbers [low, high] from 0 to 0.99, low first,"
                    + " found a list of 2"),
            at(file, 4, "zoo.epoch: unknown key (did you mean epochs?)"),
            at(file, 10, "splits.train: expected train + validation + test = 1, found 1.1"),
            at(
                file,
                11,
                "models.m.kind: expected one of "
                    + KINDS
                    + ", found \"scalegmm\""
                    + " (did you mean scalegmn?)"),
            at(file, 11, "models.m.members: zoo.architectures has no cnn"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed=-1                      | seed: expected a whole number from 0",
        "seed=1.5                     | seed: expected a whole number",
        "seed=99999999999999999999    | seed: expected a whole number",
        "zoo.name=Digits              | zoo.name: expected a name of a-z",
        "zoo.name=a.b                 | zoo.name: expected a name of a-z",
        "zoo.images=cifar             | zoo.images: expected one of cifar10",
        "zoo.images=digts             | (did you mean digits?)",
        "zoo.runs=[1]                 | zoo.runs: expected a whole number from 1 to 10000000, found"
            + " a list",
        "zoo=3                        | zoo: expected a block { … }, found \"3\"",
        "zoo.recipe.l2=[0, 1]         | zoo.recipe.l2: expected two numbers [low, high]",
        "zoo.recipe.l2=[nan, 1]       | zoo.recipe.l2: expected two numbers [low, high]",
        "zoo.recipe.optimizer=[]      | zoo.recipe.optimizer: expected a list of one of adam",
        "zoo.recipe.optimizer=[sgd,sgd] | zoo.recipe.optimizer: sgd stands here twice",
        "zoo.recipe.train-fraction=[0] | zoo.recipe.train-fraction: expected numbers",
        "zoo.checkpoints=[0, 11]      | zoo.checkpoints: expected epochs up to 10 (zoo.epochs),"
            + " found [0, 11]",
        "zoo.max-failure-share=NaN    | zoo.max-failure-share: expected a number from 0 to 1, found"
            + " \"NaN\"",
        "zoo.architectures=[\"1x8x8:conv8k9s1p0:gap:dense10\"] | expected a kernel that fits an"
            + " input of 1x8x8",
        "zoo.architectures=[\"64:dense10\",\"64:dense10\"] | stands here twice",
        "zoo.architectures=[\"64:dense99999999999\"] | zoo.architectures",
        "zoo.architectures=[\"transformer:v16:t16:d16\"] | zoo.architectures:"
            + " \"transformer:v16:t16:d16\": expected heads such as h4, found the end",
        "zoo.architectures=[\"transformer:v8:t9:d4:h2:f4:l1:relu:full:mean10\"] | expected"
            + " positions that cut images of 1x8x8 into equal squares (t1, t4, t16, t64), found t9",
        "zoo.architectures=[\"transformer:v1:t16:d4:h2:f4:l1:relu:full:mean10\"] | expected a"
            + " vocabulary of at least v2 for grey levels, found v1",
        "zoo.architectures=[\"transformer:v8:t16:d4:h2:f4:l1:relu:full:token10\"] | expected the"
            + " readout mean10 of a classifier, found token10",
        "zoo.architectures=[\"transformer:v8:t16:d4:h2:f4:l1:relu:full:mean9\"] | expected 10"
            + " outputs for digits, found 9",
        "gradients.members=mpl        | (did you mean mlp?)",
        "zoo.source=randm             | (did you mean random?)",
        "zoo.source=random            | zoo.architectures: \"64:dense16:dense16:dense10\": expected"
            + " an input such as 64 or 1x8x8",
        "gradients.probe=points       | gradients.signal: expected another than label with probe ="
            + " points",
        "gradients.signal=output      | gradients.loss: expected output_k with signal = output,"
            + " found ce",
        "gradients.loss=output_k      | gradients.loss: expected ce, mse_sum or half_mse with"
            + " signal = label",
        "gradients.target-samples=9   | gradients.target-samples: expected 0 with probe = images,"
            + " found 9",
        "gradients.probe-samples=0    | gradients.probe-samples: expected a whole number from 1",
        "storage.warehouse=           | storage.warehouse: expected a folder",
        "splits.train=0               | splits.train: expected train + validation + test = 1",
        "models.M.kind=scalegmn       | models.M: expected a name",
        "models.m={members=mlp}       | models.m.kind: expected one of scalegmn,",
        "models.m={kind=scalegmn,members=mlp,scalegmn.layer-norm=yes} |"
            + " models.m.scalegmn.layer-norm: expected true or false, found \"yes\"",
        "models.m={kind=scalegmn,members=mlp,gradmetanet.width=3} | models.m.gradmetanet: unknown"
            + " key",
        "models.m={kind=scalegmn,members=mlp,training.shard=3} | models.m.training.shard: unknown"
            + " key (did you mean shards?)",
        "models.m={kind=gradmetanet,members=mlp,gradmetanet.position-dimension=3} | expected an"
            + " even number",
        "models.m={kind=hybrid,members=mlp,gradmetanet_plus_plus.width=3} |"
            + " models.m.gradmetanet_plus_plus: unknown key",
        "models.m={kind=hybrid,members=mlp,task=fisher_diagonal} | models.m.task: expected accuracy"
            + " or fisher_trace or classification with kind = hybrid, found fisher_diagonal",
        "models.m={kind=hybrid,members=mlp,gradmetanet.estimate=reweighted} | models.m.task:"
            + " expected fisher_diagonal with estimate = reweighted",
        "models.m={kind=hybrid,members=mlp,scalegmn={symmetry=permutation,phases=canonical}} |"
            + " models.m.scalegmn: expected another symmetry than permutation",
        "models.m={kind=scalegmn,members=mlp,task=fisher_trace} | models.m.task: expected accuracy"
            + " or classification or fine_tuning with kind = scalegmn, found fisher_trace",
        "zoo.runs                     | --set: expected key=value",
        "=3                           | --set: expected key=value",
        "zoo..runs=3                  | --set: expected a key",
        "zoo.runs=[1                  | --set",
        "zo.runs=3                    | config: --set zo: unknown key (did you mean zoo?)",
      })
  void wrongAssignmentsAreNamed(String assignment, String fragment) {
    assertThat(problems(assignment)).anySatisfy(line -> assertThat(line).contains(fragment));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"other.conf\"",
        "include file(\"/etc/hostname\")",
        "include url(\"http://localhost:1/x\")",
        "include classpath(\"reference.conf\")",
        "gradzoo { include \"other.conf\" }"
      })
  void includesAreRefused(String text) throws IOException {
    write("other.conf", "gradzoo.seed = 4");

    assertThat(problems(write("a.conf", text)))
        .singleElement()
        .asString()
        .contains("is not allowed (fix: copy its keys here)");
  }

  @Test
  void theEnvironmentIsNotRead() throws IOException {
    assertThat(problems(write("a.conf", "gradzoo.storage.runs = ${HOME}")))
        .singleElement()
        .asString()
        .contains("HOME");
  }

  @Test
  void brokenFilesAreNamedWithTheLine() throws IOException {
    Path syntax = write("syntax.conf", "gradzoo {\n  seed = 1\n  zoo { runs = [1, 2\n}\n");
    Path bytes = folder.resolve("bytes.conf");
    Files.write(bytes, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    Path nested = write("nested.conf", "gradzoo=" + "{a=".repeat(100_000));
    Path huge = write("huge.conf", "#" + "x".repeat(1 << 20));

    assertThat(problems(syntax)).singleElement().asString().contains("syntax.conf:");
    assertThat(problems(bytes)).singleElement().asString().contains("expected UTF-8 text");
    assertThat(problems(nested)).singleElement().asString().contains("nested.conf");
    assertThat(problems(huge))
        .singleElement()
        .asString()
        .contains("expected at most 1048576 bytes");
    assertThat(problems(folder)).singleElement().asString().contains("found a directory");
    assertThat(problems(folder.resolve("no.conf")))
        .singleElement()
        .asString()
        .contains("expected a file, found nothing there");
    assertThat(problems(write("root.conf", "gradzo.seed = 1")))
        .singleElement()
        .asString()
        .contains("root.conf:1: gradzo: unknown key");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String at(Path file, int line, String text) {
    return "config: " + file + ":" + line + ": " + text;
  }
}
