package io.gradzoo.jobs.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.network.NetworkFormat;
import io.gradzoo.datasets.network.NetworkWriter;
import io.gradzoo.datasets.network.StoredNetwork;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.finetune.EditRule.Criterion;
import io.gradzoo.jobs.finetune.EditRule.Keep;
import io.gradzoo.jobs.finetune.EditRule.Length;
import io.gradzoo.jobs.published.OtherLibrariesFiles;
import io.gradzoo.jobs.table.FineTunedTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.StoredWeights;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An operator on files of one network each. */
class FileFineTuningTest {
  private static final String ARCHITECTURE = "tanh:64:dense4:dense10";

  @TempDir static Path folder;

  private static JobRun zoo;
  private static float[] weights;
  private static Row tuned;
  private static float[] tunedWeights;

  @BeforeAll
  static void trains() {
    zoo =
        JobRun.in(
            folder,
            "zoo.runs=16",
            "zoo.image-train-share=0.25",
            "zoo.architectures=[\"64:dense4:dense10\"]",
            "zoo.recipe.activation=[tanh]",
            "zoo.epochs=1",
            "zoo.checkpoints=[1]",
            "splits={ train = 0.5, validation = 0.25, test = 0.25 }",
            "models.m={kind=scalegmn, members=mlp, task=fine_tuning,"
                + " scalegmn { width = 4, layers = 1, head = parameter_deltas },"
                + " training { shards = 1, rounds = 1, steps-per-round = 2 } }");
    zoo.run(new ZooGeneration());
    zoo.run(new TrainingJob("m"));
    zoo.run(
        new FineTuning(zoo.directory("m"), Optional.empty(), Optional.of("all"), EditRule.PLAIN));
    MemberRow member = members(JobRun.ZOO).values().iterator().next();
    weights = StoredWeights.of(member);
    tunedWeights = StoredWeights.of(members("all").get(member.memberId() + "-tuned"));
    tuned =
        zoo.store()
            .read("all", FineTunedTable.SCHEMA)
            .where("parent_id = '" + member.memberId() + "'")
            .first();
  }

  @ParameterizedTest
  @EnumSource(names = {"NPZ", "SAFETENSORS"})
  void aFileBecomesWhatAMemberOfTheSameWeightsBecomes(NetworkFormat format) throws IOException {
    Path file = file("own" + format.suffix(), format, weights);
    byte[] before = Files.readAllBytes(file);
    Path out = folder.resolve("changed" + format.suffix());

    FineTunedFile changed = zoo.run(job(file, out, ARCHITECTURE));

    assertThat(changed.before().loss()).isEqualTo(tuned.<Double>getAs("loss_before"));
    assertThat(changed.after().loss()).isEqualTo(tuned.<Double>getAs("loss_after"));
    StoredNetwork made = format.read(Place.of("test", out), out);
    StoredNetwork own = format.read(Place.of("test", file), file);
    assertThat(made.tensors().keySet()).containsExactly("a.bias", "a.weight", "b.bias", "b.weight");
    made.tensors()
        .forEach(
            (name, tensor) ->
                assertThat(tensor.shape()).isEqualTo(own.tensors().get(name).shape()));
    assertThat(made.tensors()).isEqualTo(tensors(tunedWeights));
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(names = {"ONNX", "DL4J"})
  void theCommandChangesModelsOfLayersAndSaysInWhatFormTheyCome(NetworkFormat format)
      throws IOException {
    LayeredArchitecture architecture = LayeredArchitecture.parse(ARCHITECTURE);
    Path file = folder.resolve("model" + format.suffix());
    if (format == NetworkFormat.ONNX) {
      OtherLibrariesFiles.onnx(file, architecture, weights);
    } else {
      OtherLibrariesFiles.dl4j(file, architecture, weights);
    }
    byte[] before = Files.readAllBytes(file);
    Path out = folder.resolve("of-" + format.id() + ".safetensors");

    Outcome outcome =
        Outcome.of(
            "finetune",
            "--run=" + zoo.directory("m").path(),
            "--network=" + file,
            "--out=" + out,
            "--output=" + zoo.tables());

    assertThat(outcome.ok().out().get(0))
        .startsWith("fine-tuned " + file + " (" + format.id() + ") by operator ")
        .endsWith(": " + out + " (safetensors)");
    assertThat(outcome.out().get(1))
        .isEqualTo(
            "safetensors holds tensors 0.weight, 0.bias, 1.weight, 1.bias of "
                + ARCHITECTURE
                + ", which is not in the file");
    SortedMap<String, FloatTensor> expected = new TreeMap<>();
    tensors(tunedWeights)
        .forEach(
            (name, tensor) ->
                expected.put((char) (name.charAt(0) - 'a' + '0') + name.substring(1), tensor));
    assertThat(NetworkFormat.SAFETENSORS.read(Place.of("test", out), out).tensors())
        .isEqualTo(expected);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aFileThatStandsThereStays() throws IOException {
    Path file = file("first.npz", NetworkFormat.NPZ, weights);
    byte[] before = Files.readAllBytes(file);

    GradzooException e = zoo.refusal(job(file, file, ARCHITECTURE));

    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(e).hasMessageContaining("expected nothing there, found a file");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void networksThatTheOperatorWasNotTrainedOnAreRefusedAndNothingIsLeft() throws IOException {
    Path file = file("relu.npz", NetworkFormat.NPZ, weights);
    float[] infinite = weights.clone();
    infinite[7] = Float.NaN;
    Path broken = file("nan.npz", NetworkFormat.NPZ, infinite);
    Path out = folder.resolve("never.npz");

    assertThat(refusal(job(file, out, "relu:64:dense4:dense10")))
        .hasMessageContaining("expected networks of " + ARCHITECTURE)
        .hasMessageContaining("found relu:64:dense4:dense10");
    assertThat(refusal(job(file, out, "tanh:64:dense5:dense10"))).hasMessageContaining("[5, 64]");
    assertThat(refusal(job(broken, out, ARCHITECTURE)))
        .hasMessageContaining("expected finite weights, found NaN");
    assertThat(refusal(job(file, out, ""))).hasMessageContaining("--architecture");
    assertThatThrownBy(() -> job(file, folder.resolve("never.onnx"), ARCHITECTURE))
        .hasMessageContaining("expected a name in .npz or .safetensors");
    assertThat(refusal(job(folder.resolve("none.npz"), out, ARCHITECTURE)))
        .hasMessageContaining("none.npz");
    try (var files = Files.list(folder)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .noneMatch(name -> name.contains("never"));
    }
  }

  @Test
  void aNetworkThatBecomesWorseIsReportedAndKeptIfAskedTo() throws IOException {
    Path file = file("worse.npz", NetworkFormat.NPZ, tunedWeights);
    boolean worse = false;
    for (int pass = 0; pass < 40 && !worse; pass++) {
      Path out = folder.resolve("worse" + pass + ".npz");
      FineTunedFile changed =
          zoo.run(
              new FileFineTuning(
                  zoo.directory("m"),
                  new FileFineTuning.NetworkPaths(file, out, Optional.of(ARCHITECTURE)),
                  new EditRule(Criterion.OWN, Length.WHOLE, Keep.IF_BETTER)));
      worse = changed.worse();
      assertThat(changed.changed()).isEqualTo(!worse);
      assertThat(Files.mismatch(file, out) < 0).isEqualTo(worse);
      file = out;
    }
  }

  private static Throwable refusal(FileFineTuning job) {
    Throwable e = Assertions.catchThrowable(() -> zoo.run(job));
    assertThat(e).isInstanceOfAny(GradzooException.class, DataException.class);
    return e;
  }

  private static FileFineTuning job(Path file, Path out, String architecture) {
    return new FileFineTuning(
        zoo.directory("m"),
        new FileFineTuning.NetworkPaths(
            file, out, Optional.of(architecture).filter(text -> !text.isEmpty())),
        EditRule.PLAIN);
  }

  private static Path file(String name, NetworkFormat format, float[] parameters)
      throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      NetworkWriter.write(format, new StoredNetwork("", tensors(parameters), new TreeMap<>()), out);
    }
    return file;
  }

  private static SortedMap<String, FloatTensor> tensors(float[] parameters) {
    SortedMap<String, FloatTensor> tensors = new TreeMap<>();
    char name = 'a';
    for (AffineLayer layer : LayeredArchitecture.parse(ARCHITECTURE).affineLayers()) {
      int weight = layer.weightOffset();
      int bias = layer.biasOffset();
      tensors.put(
          name + ".weight",
          new FloatTensor(
              List.of(layer.out(), layer.in()),
              Arrays.copyOfRange(parameters, weight, weight + layer.weightCount())));
      tensors.put(
          name++ + ".bias",
          FloatTensor.of(Arrays.copyOfRange(parameters, bias, bias + layer.out())));
    }
    return tensors;
  }

  private static Map<String, MemberRow> members(String name) {
    return zoo.store().read(name, MembersTable.SCHEMA).collectAsList().stream()
        .map(MemberRow::of)
        .sorted(Comparator.comparing(MemberRow::memberId))
        .collect(Collectors.toMap(MemberRow::memberId, member -> member));
  }
}
