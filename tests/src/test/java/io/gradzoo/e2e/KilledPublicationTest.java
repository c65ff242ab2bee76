package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.testing.Outcome;
import io.gradzoo.testing.SharedSession;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gradient sets that stand are computed anew, by a process that is killed while it publishes. */
class KilledPublicationTest {
  private static final String OTHER = "--set=gradients.probe-samples=4";

  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void theOldSetsStayWholeUntilTheNewOnesAreComplete() throws Exception {
    Workplace place = new Workplace(folder);
    SharedSession.get();
    place.gradzoo("zoo", "generate").ok();
    place.gradzoo("gradients", "compute").ok();
    SortedMap<String, String> before = place.results(place.iceberg());

    try (ChildGradzoo child =
        ChildGradzoo.dying(
            place,
            KilledGradzoo.BEFORE_CREATE,
            ".*/gradient_sets/metadata/.*\\.metadata\\.json",
            "local[2]",
            "gradients",
            "compute",
            OTHER)) {
      Outcome outcome = child.outcome();
      assertThat(outcome.status())
          .as(String.join("\n", outcome.err()))
          .isEqualTo(KilledGradzoo.STATUS);
    }

    assertThat(place.results(place.iceberg())).isEqualTo(before);
    place.gradzoo("gradients", "verify").ok();
    place.gradzoo("gradients", "compute", OTHER).ok();
    assertThat(samples(place.iceberg())).isEqualTo("4 4");
  }

  /** Of a set and of its factors. */
  private static String samples(TableStore store) {
    return Workplace.rows(store, GradientSetsTable.SCHEMA).first().<Integer>getAs("samples")
        + " "
        + Workplace.rows(store, LayerFactorsTable.SCHEMA).first().<Integer>getAs("samples");
  }
}
