package io.gradzoo.jobs.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jobs say of presets whose zoo is not here, or whose network is for another task. */
class PublicPresetJobsTest {
  @TempDir Path folder;

  @Test
  void aZooThatIsNotHereIsNamed() {
    GradzooException e = failure("scalegmn-cifar10-relu", new TrainingJob("scalegmn"));

    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(e).hasMessageContaining("cifar10_gs");
  }

  @Test
  void aZooThatWasTrainedElsewhereIsNotGenerated() {
    GradzooException e = failure("scalegmn-cifar10-relu", new ZooGeneration());

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e.problems())
        .containsExactly(
            "zoo.images: expected one of cifar10, digits, fashion_mnist, mnist, png, svhn to make"
                + " cifar10_gs from, found \"none\""
                + " (fix: bring the zoo from where its members were trained)");
  }

  @Test
  void aNetworkThatPredictsNoAccuracyIsNotTrainedToDoSo() {
    assertThat(failure("scalegmn-mnist-editing", new TrainingJob("scalegmn")).problems())
        .containsExactly(
            "models.scalegmn.scalegmn: expected head = invariant with outputs = 1 to predict"
                + " test accuracy, found head = parameter_deltas with outputs = 1");
    assertThat(failure("scalegmn-mnist-inr", new TrainingJob("scalegmn")).problems())
        .singleElement()
        .asString()
        .endsWith("found head = invariant with outputs = 10");
  }

  @Test
  void aSymmetryThatTheMembersHaveNotIsRefused() {
    var config = ConfigLayers.of(Path.of("../conf/scalegmn-cifar10-relu.conf")).load();
    GradzooException e =
        catchThrowableOfType(
            GradzooException.class,
            () ->
                config
                    .requireModel("scalegmn")
                    .spec(List.of(Architectures.parse("tanh:64:dense16:dense10"))));

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e)
        .hasMessage(
            "models.scalegmn.scalegmn.symmetry: expected auto, sign, hetero or permutation for"
                + " members with [tanh], found scale");
  }

  private GradzooException failure(String preset, Job<?> job) {
    return JobRun.of(Path.of("../conf/" + preset + ".conf"), folder).refusal(job);
  }
}
