package io.gradzoo.jobs.gradients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProbesTest {
  private static final String MEMBER = "r000003-e000";

  @Test
  void drawnPointsAreAFunctionOfSeedAndMember() {
    List<Probes.Assigned> probes = new Probes.Drawn(5, 8, 32).assign(MEMBER, 1);

    assertThat(probes).extracting(Probes.Assigned::role).containsExactly("input", "target");
    assertThat(ids(new Probes.Drawn(5, 8, 32), MEMBER)).isEqualTo(ids(probes));
    assertThat(ids(new Probes.Drawn(6, 8, 32), MEMBER)).doesNotContainAnyElementsOf(ids(probes));
    assertThat(ids(new Probes.Drawn(5, 8, 32), "r000004-e000"))
        .doesNotContainAnyElementsOf(ids(probes));
  }

  @Test
  void bothSetsOfAMemberAreIndependentDrawsFromOneMixture() {
    List<Probes.Assigned> probes = new Probes.Drawn(5, 32, 32).assign(MEMBER, 1);

    assertThat(probes.get(0).set().preprocessing()).isEqualTo(probes.get(1).set().preprocessing());
    assertThat(probes.get(0).set().inputs()).doesNotContain(probes.get(1).set().inputs());
  }

  @Test
  void withoutTargetSamplesThereIsOneSet() {
    assertThat(new Probes.Drawn(5, 8, 0).assign(MEMBER, 2))
        .singleElement()
        .satisfies(probe -> assertThat(probe.set().inputs()).hasSize(16));
  }

  private static List<String> ids(Probes probes, String member) {
    return ids(probes.assign(member, 1));
  }

  private static List<String> ids(List<Probes.Assigned> probes) {
    return probes.stream().map(probe -> probe.set().id()).toList();
  }
}
