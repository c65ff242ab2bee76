package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.format.Safetensors;
import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.testing.Outcome;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page about other tools says is what happens. */
class OtherToolsTest {
  private static final Path PAGE = Path.of("../docs/other-tools.md");
  private static final Workplace PLACE = ReferenceJob.get().place();
  private static final Dataset<Row> MEMBERS = Workplace.rows(PLACE.iceberg(), MembersTable.SCHEMA);

  @TempDir static Path folder;

  @BeforeAll
  static void writePlainMembersAndExportThem() throws IOException {
    new Workplace(folder)
        .plain()
        .write(Workplace.ZOO, MembersTable.SCHEMA, MEMBERS, TableProperties.of("copy"));
    gradzoo(commands().get(0), folder);
  }

  static List<String> queries() throws IOException {
    return blocks("sql");
  }

  @ParameterizedTest
  @MethodSource("queries")
  void duckDbAnswersEveryQuery(String query) throws SQLException {
    String here =
        query
            .replace("'tables/", "'" + new Workplace(folder).plainFolder() + "/")
            .replace("'runs/", "'" + PLACE.folder().resolve("runs") + "/");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(here)) {
      int rows = 0;
      for (; result.next(); rows++) {
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          assertThat(result.getObject(i)).as(result.getMetaData().getColumnName(i)).isNotNull();
        }
      }
      assertThat(rows).isIn(2, 4, 12); // families, members of two runs of test, runs
    }
  }

  @Test
  void membersAreExportedAndComeBackAsTheyWere() throws IOException {
    List<String> commands = commands();
    assertThat(commands).hasSize(3);

    gradzoo(commands.get(2), folder);

    String[] compared = {"member_id", "run_id", "epoch", "architecture", "parameters_sha256"};
    assertThat(rows(members("again").selectExpr(compared)))
        .isEqualTo(rows(MEMBERS.selectExpr(compared)));
    String exported = Files.readString(folder.resolve("exported/members.csv"));
    assertThat(exported.lines().findFirst().orElseThrow().split(",", -1))
        .contains("file", "architecture", "activation");
    String mlp =
        exported
            .lines()
            .filter(line -> line.contains("64:dense8:dense10,"))
            .findFirst()
            .orElseThrow();
    Path one = folder.resolve("exported").resolve(mlp.substring(0, mlp.indexOf(',')));
    assertThat(Safetensors.read(one).tensors().keySet())
        .containsExactly("0.bias", "0.weight", "1.bias", "1.weight");
  }

  @Test
  void aStateDictBecomesAMember() throws IOException {
    Path networks = Files.createDirectory(folder.resolve("networks"));
    Files.writeString(networks.resolve("zoo.json"), blocks("json").get(0));
    float[] weights = new float[64 * 8];
    weights[3] = 0.5f;
    Safetensors network =
        Safetensors.of(
            Map.of(),
            Map.of(
                "0.weight", new FloatTensor(List.of(8, 64), weights),
                "0.bias", new FloatTensor(List.of(8), new float[8]),
                "2.weight", new FloatTensor(List.of(10, 8), new float[80]),
                "2.bias", new FloatTensor(List.of(10), new float[10])));
    try (OutputStream out = Files.newOutputStream(networks.resolve("a.safetensors"))) {
      network.write(out);
    }

    gradzoo(commands().get(1), folder);

    Row member = members("ours").select("member_id", "architecture", "parameters").head();
    assertThat(member.getString(0)).isEqualTo("a");
    assertThat(member.getString(1)).isEqualTo("relu:64:dense8:dense10");
    assertThat(member.getList(2)).hasSize(64 * 8 + 8 + 80 + 10).element(3).isEqualTo(0.5f);
  }

  @Test
  void thePythonOnThePageRunsAndStateDictsOfPyTorchBecomeMembers() throws IOException {
    Python.assume(
        List.of("numpy", "pandas", "pyarrow", "polars", "duckdb", "safetensors", "torch"));
    Path here = Files.createDirectory(folder.resolve("python"));
    Files.createSymbolicLink(
        here.resolve("tables"), new Workplace(folder).plainFolder().toAbsolutePath());
    Files.createSymbolicLink(here.resolve("exported"), folder.resolve("exported"));
    Files.createSymbolicLink(here.resolve("runs"), PLACE.folder().resolve("runs"));
    Path script = here.resolve("page.py");
    Files.writeString(script, PageOutcomes.script(blocks("python")));

    PageOutcomes outcomes = PageOutcomes.of(Python.script(here, script));

    outcomes.checkTables(MEMBERS);
    outcomes.checkNetworks(MEMBERS);
    outcomes.checkModel(Safetensors.read(PLACE.run("scalegmn").resolve("model.safetensors")));
    String json = blocks("json").get(0);
    for (String format : List.of("safetensors", "torch")) {
      Files.writeString(here.resolve("networks/zoo.json"), json.replace("safetensors", format));
      gradzoo(commands().get(1).replace("ours", format), here);
      Row member = members(format, here).select("member_id", "parameters").head();
      assertThat(member.getString(0)).isEqualTo("a");
      assertThat(member.getList(1)).isEqualTo(outcomes.exported(MEMBERS).getList(1));
    }
  }

  /** Runs a command as if in a folder. */
  private static void gradzoo(String command, Path folder) {
    List<String> words =
        new ArrayList<>(
            Pattern.compile("\"([^\"]*)\"|\\S+")
                .matcher(command)
                .results()
                .map(match -> match.group(1) == null ? match.group() : match.group(1))
                .map(word -> word.matches("exported|networks") ? folder.resolve(word) + "" : word)
                .skip(1)
                .toList());
    Workplace place = words.contains("export") ? PLACE : new Workplace(folder);
    Outcome.of(place.arguments(words.toArray(String[]::new)).toArray(String[]::new)).ok();
  }

  private static Dataset<Row> members(String zoo) {
    return members(zoo, folder);
  }

  private static Dataset<Row> members(String zoo, Path folder) {
    return Gradzoo.on(SharedSession.get())
        .set("storage.warehouse=" + folder.resolve("warehouse"))
        .zoo(zoo)
        .members();
  }

  private static List<String> rows(Dataset<Row> rows) {
    return rows.orderBy("member_id").toJSON().collectAsList();
  }

  private static List<String> commands() throws IOException {
    return blocks("sh").stream().flatMap(String::lines).collect(Collectors.toList());
  }

  /** The code on the page in a language; of Python, but PySpark's. */
  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(PAGE))
        .results()
        .map(match -> match.group(1))
        .filter(block -> !block.contains("import gradzoo"))
        .toList();
  }
}
