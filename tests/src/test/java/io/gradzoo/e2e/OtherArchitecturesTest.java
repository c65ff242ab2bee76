package io.gradzoo.e2e;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models before networks of other architectures than those that they were trained on. */
class OtherArchitecturesTest {
  private static final String CNN = "1x8x8:conv4k3s2p0:conv4k3s1p0:gap:dense10";
  private static final String DEEPER_CNN = "1x8x8:conv4k3s1p0:conv4k3s1p0:conv4k3s1p0:gap:dense10";
  private static final String MLP = "64:dense8:dense10";
  private static final String DEEPER_MLP = "64:dense8:dense8:dense10";

  private static Workplace reference;
  @TempDir Path folder;
  private Workplace place;

  @BeforeAll
  static void runTheJob() {
    reference = ReferenceJob.get().place();
  }

  @BeforeEach
  void takeAPlace() {
    place = new Workplace(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate --on-other-members", "predict"})
  void aScaleGmnRefusesDeeperNetworks(String command) {
    otherZoo(DEEPER_CNN, MLP);

    place
        .gradzooPlain((command + " --run=" + reference.run("scalegmn")).split(" "))
        .refused(3, "model scalegmn: ", "conv4k3s1p0:conv4k3s1p0:conv4k3s1p0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate --on-other-members", "predict"})
  void aGradMetaNetRefusesDeeperNetworks(String command) {
    otherZoo(CNN, DEEPER_MLP);
    place.gradzooPlain("gradients", "compute").ok();

    place
        .gradzooPlain((command + " --run=" + reference.run("gradmetanet")).split(" "))
        .refused(3, "expected networks of 3 layers, found one of 4");
  }

  @Test
  void aGradMetaNetRefusesSetsOfAnotherSize() {
    otherZoo(CNN, MLP);
    place.gradzooPlain("gradients", "compute", "--set=gradients.probe-samples=16").ok();

    place
        .gradzooPlain("predict", "--run=" + reference.run("gradmetanet"))
        .refused(3, "expected a gradient set of 8 samples, found 16");
  }

  @Test
  void networksOfSeveralWidthsAreNoFault() {
    otherZoo(CNN, MLP, "64:dense6:dense10");
    place.gradzooPlain("gradients", "compute").ok();
    place.gradzooPlain("train", "gradmetanet").ok();
    place.gradzooPlain("evaluate", "--run=" + place.run("gradmetanet")).ok();
  }

  @Test
  void networksOfSeveralDepthsAreAMistakeInTheConfig() {
    otherZoo(CNN, MLP, DEEPER_MLP);
    place.gradzooPlain("gradients", "compute").ok();

    place
        .gradzooPlain("train", "gradmetanet")
        .refused(2, "models.gradmetanet: expected members of one depth", "zoo.architectures");
  }

  /** A zoo whose CNNs or MLPs, or both, are others than the tiny job's. */
  private void otherZoo(String... architectures) {
    String list =
        Stream.of(architectures).map(text -> '"' + text + '"').collect(Collectors.joining(","));
    place.gradzooPlain("zoo", "generate", "--set=zoo.architectures=[" + list + "]").ok();
  }
}
