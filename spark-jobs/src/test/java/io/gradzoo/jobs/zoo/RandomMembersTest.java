package io.gradzoo.jobs.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.table.MembersTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RandomMembersTest {
  private static final int SHA256 = 14;
  private static final int ARCHITECTURE = 3;

  @Test
  void aMemberDoesNotDependOnTheSizeOfTheZoo() {
    Row member = members(1, "zoo.runs=5").members(4).get(0);
    Row ofLarger = members(1, "zoo.runs=500").members(4).get(0);

    assertThat(ofLarger.getString(SHA256)).isEqualTo(member.getString(SHA256));
  }

  @Test
  void seedsAndRunsGiveOtherMembers() {
    Set<String> hashes = new HashSet<>();
    for (int run = 0; run < 20; run++) {
      hashes.add(members(1).members(run).get(0).getString(SHA256));
      hashes.add(members(2).members(run).get(0).getString(SHA256));
    }
    assertThat(hashes).hasSize(40);
  }

  @Test
  void everyArchitectureIsDrawn() {
    Set<String> drawn = new HashSet<>();
    for (int run = 0; run < 30; run++) {
      drawn.add(members(1).members(run).get(0).getString(ARCHITECTURE));
    }
    assertThat(drawn).containsExactlyInAnyOrder("sine1:1:dense4:dense1", "relu:1:dense3:dense1");
  }

  private static RandomMembers members(long seed, String... more) {
    List<String> assignments = new ArrayList<>(List.of(more));
    assignments.add("zoo.source=random");
    assignments.add("zoo.images=none");
    assignments.add("zoo.architectures=[\"sine1:1:dense4:dense1\",\"relu:1:dense3:dense1\"]");
    ZooConfig zoo = new ConfigLayers(Optional.empty(), Optional.empty(), assignments).load().zoo();
    return new RandomMembers(seed, zoo, new MembersTable.Origin("hash", "code"));
  }
}
