package io.gradzoo.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.family.MemberFamilies;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FamilySelectionTest {
  private static final MemberFamilies ALL = BuiltInFamilies.ALL;
  private static final MemberFamily MLP = ALL.named("mlp").orElseThrow();
  private static final MemberFamily INR = ALL.named("inr").orElseThrow();

  @Test
  void aSineNetworkIsAnInrAndTablesHaveItAmongTheMlps() {
    LayeredArchitecture sine = LayeredArchitecture.parse("sine30:2:dense8:dense1");

    assertThat(ALL.family(sine)).isEqualTo(INR);
    assertThat(MLP.has(sine)).isTrue();
    assertThat(INR.column()).isEqualTo("mlp");
    assertThat(INR.has(LayeredArchitecture.parse("tanh:2:dense8:dense1"))).isFalse();
  }

  @Test
  void whoeverReadsMlpsReadsInrsTooAndNotTheOtherWayRound() {
    assertThat(new MemberSelection(Optional.of(MLP)).includes(INR)).isTrue();
    assertThat(new MemberSelection(Optional.of(INR)).includes(MLP)).isFalse();
    assertThat(new MemberSelection(Optional.empty()).includes(INR)).isTrue();
  }

  @Test
  void whatAKindUsesSaysWhichFamiliesItServes() {
    assertThat(ALL.offering(MemberUse.FACTORS)).isEqualTo(List.of(MLP));
    assertThat(ALL.offering(MemberUse.WEIGHTS).stream().map(MemberFamily::name))
        .containsExactly("mlp", "cnn");
    assertThat(INR.offers()).isEqualTo(MLP.offers());
  }
}
