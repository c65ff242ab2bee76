package io.gradzoo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The committed picture of the packages. */
class PackagePictureTest {
  private static final Path PICTURE = Path.of("../docs/packages.svg");

  @Test
  void thePictureShowsThePackagesAsTheyAre() throws IOException {
    PackageGraph graph = PackageGraph.of(Code.ALL);
    String svg = PackagePicture.svg(graph);
    if (Boolean.getBoolean("packages.draw")) {
      Files.writeString(PICTURE, svg);
    }

    assertThat(graph.layers("engine")).hasSizeGreaterThan(3);
    assertThat(Files.readString(PICTURE).equals(svg))
        .as(
            "docs/packages.svg is of other packages or dependencies; draw it again: mvn -B -q -pl"
                + " tests -am -Dtest=PackagePictureTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dpackages.draw=true test")
        .isTrue();
  }

  @Test
  void whatIsReachedOverAnotherPackageHasNoLineOfItsOwn() {
    PackageGraph graph = PackageGraph.of(Code.ALL);

    assertThat(graph.needs().get("engine.metanet")).contains("engine.tensor");
    assertThat(graph.needs().get("engine.tensor")).doesNotContain("engine.metanet");
    graph
        .needs()
        .forEach(
            (name, others) ->
                others.forEach(
                    other ->
                        others.forEach(
                            third ->
                                assertThat(graph.needs().get(other))
                                    .as("%s needs %s over %s", name, third, other)
                                    .doesNotContain(third))));
    assertThat(List.copyOf(graph.needs().keySet()))
        .contains("datasets.format", "engine.kernel", "jobs.cli");
  }
}
