package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.session.Sessions;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.testing.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes publish one table of a warehouse at once. */
class TwoWritersTest {
  @TempDir Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void everyVersionThatWasPublishedIsInTheHistory() throws Exception {
    publish(8);
  }

  @Test
  @Tag("slow")
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void everyOneOfManyVersionsIsInTheHistory() throws Exception {
    publish(50);
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aWriterThatIsKilledLosesNothingThatItPublished() throws Exception {
    Workplace place = new Workplace(folder);
    String warehouse = folder.resolve("warehouse").toString();
    List<String> published = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      try (ChildGradzoo child = publisher(place, warehouse, name, 1000)) {
        while (after(child.lines(), TablePublisher.PUBLISHED).size() < 4) {
          Thread.sleep(50);
        }
        child.kill();
        published.addAll(after(child.lines(), TablePublisher.PUBLISHED));
      }
    }

    assertThat(history(place.iceberg())).containsAll(published);
    try (ChildGradzoo child = publisher(place, warehouse, "c", 1)) {
      assertThat(child.outcome().status()).isZero();
    }
    assertThat(history(place.iceberg())).contains("c0").containsAll(published);
  }

  private void publish(int times) throws Exception {
    Workplace place = new Workplace(folder);
    String warehouse = folder.resolve("warehouse").toString();
    List<String> lines = new ArrayList<>();
    try (ChildGradzoo a = publisher(place, warehouse, "a", times);
        ChildGradzoo b = publisher(place, warehouse, "b", times)) {
      for (ChildGradzoo child : List.of(a, b)) {
        Outcome outcome = child.outcome();
        assertThat(outcome.status()).as(String.join("\n", outcome.err())).isZero();
        lines.addAll(outcome.err());
      }
    }

    List<String> published = after(lines, TablePublisher.PUBLISHED);
    assertThat(published.size() + after(lines, TablePublisher.REFUSED).size()).isEqualTo(2 * times);
    assertThat(published).hasSizeGreaterThanOrEqualTo(times);
    assertThat(history(place.iceberg())).containsExactlyInAnyOrderElementsOf(published);
  }

  private static ChildGradzoo publisher(Workplace place, String warehouse, String name, int times)
      throws Exception {
    return ChildGradzoo.program(
        place, TablePublisher.class, warehouse, name, Integer.toString(times));
  }

  private static List<String> after(List<String> lines, String beginning) {
    return lines.stream()
        .filter(line -> line.startsWith(beginning))
        .map(line -> line.substring(beginning.length()))
        .toList();
  }

  /** What each version of the table was published as. */
  private static List<String> history(TableStore store) {
    List<String> versions = new ArrayList<>();
    for (Snapshot snapshot :
        Sessions.catalog(store.session())
            .loadTable(TableIdentifier.of(TablePublisher.ZOO, "probe_sets"))
            .snapshots()) {
      versions.add(snapshot.summary().get("gradzoo.config-hash"));
    }
    return versions;
  }
}
