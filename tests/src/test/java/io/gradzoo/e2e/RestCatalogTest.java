package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.StorageConfig;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import io.gradzoo.testing.Outcome;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables are in another catalog than the embedded one: a REST catalog. */
class RestCatalogTest {
  @TempDir Path folder;
  private RestCatalog server;
  private Workplace place;

  @BeforeEach
  void serve() throws IOException {
    server = RestCatalog.start(folder);
    place = new Workplace(folder);
    SharedSession.get();
  }

  /** The session of other tests has no keys of a catalog. */
  @AfterEach
  void stop() {
    server.close();
    SharedSession.get();
  }

  @Test
  void itCarriesTheWholeDemo() {
    Workplace reference = ReferenceJob.get().place();

    Outcome demo = gradzoo(RestCatalog.TOKEN, "demo").ok();
    Outcome again = gradzoo(RestCatalog.TOKEN, "demo").ok();
    Outcome list = gradzoo(RestCatalog.TOKEN, "zoo", "list").ok();

    assertThat(demo.out()).last().isEqualTo("report: " + place.page());
    assertThat(again.err()).contains("tiny.members: up to date", "tiny.gradient_sets: up to date");
    assertThat(list.out()).hasSize(6);
    assertThat(list.out()).filteredOn(line -> line.contains(folder + "/served/")).hasSize(5);
    SortedMap<String, String> expected = reference.results(reference.iceberg());
    expected.keySet().removeIf(name -> name.contains("predictions"));
    assertThat(place.results(tables())).isEqualTo(expected);
    assertThat(folder.resolve("warehouse/catalog.sqlite")).doesNotExist();
    assertThat(String.join("\n", demo.out()) + String.join("\n", demo.err()))
        .doesNotContain(RestCatalog.TOKEN);
  }

  @Test
  void aWrongTokenIsRefusedInOneLineThatDoesNotShowIt() {
    Outcome outcome = gradzoo("not-the-token", "zoo", "list").refused(3, "catalog");

    assertThat(String.join("\n", outcome.err())).doesNotContain("not-the-token");
  }

  @Test
  void aServerThatGoesAwayIsNamed() {
    TableStore store = tables();
    assertThat(store.list()).isEmpty();

    server.close();

    GradzooException e = catchThrowableOfType(GradzooException.class, store::list);
    assertThat(e.exitCode()).isEqualTo(ExitCode.CLUSTER);
    assertThat(e).hasMessageContaining("catalog: " + server.uri() + ": cannot be reached");
  }

  @Test
  void sparksOwnKeysAreInForceAndMustAgreeWithTheConfig() {
    String keys = "spark.sql.catalog.gradzoo.";
    Map<String, String> spark =
        Map.of(
            keys + "type", "rest", keys + "uri", server.uri(), keys + "token", RestCatalog.TOKEN);
    SharedSession.on("local[2]", spark);

    assertThat(place.gradzoo("zoo", "list").ok().out())
        .singleElement()
        .asString()
        .contains("no zoos yet");
    place
        .gradzoo("zoo", "list", "--set=storage.catalog.uri=http://elsewhere")
        .refused(
            2, keys + "uri: expected what the config says, \"http://elsewhere\"", server.uri());
    Outcome token = place.gradzoo("zoo", "list", "--set=storage.catalog.token=xyzzy");
    token.refused(2, keys + "token: expected what the config says, another, found another");
  }

  private Outcome gradzoo(String token, String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.add("--set=storage.catalog.type=rest");
    words.add("--set=storage.catalog.uri=" + server.uri());
    words.add("--set=storage.catalog.token=" + token);
    return place.gradzoo(words.toArray(String[]::new));
  }

  private TableStore tables() {
    Map<String, String> catalog =
        Map.of("type", "rest", "uri", server.uri(), "token", RestCatalog.TOKEN);
    return TableStores.iceberg(
        SharedSession.get(),
        new StorageConfig(
            folder.resolve("warehouse").toString(), new TreeMap<>(catalog), "runs", "reports"));
  }
}
