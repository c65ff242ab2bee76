package io.gradzoo.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowsTest {
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void cellsAreReadByColumnQuotedOrNot(String end) {
    CsvRows rows =
        rows(",name,shape" + end + "0,a,\"(3, 3)\"" + end + "1,,\"say \"\"b\"\"\"" + end);

    assertThat(rows.header()).containsExactly("", "name", "shape");
    assertThat(rows.column("shape")).isEqualTo(2);
    assertThat(all(rows))
        .containsExactly(List.of("0", "a", "(3, 3)"), List.of("1", "", "say \"b\""));
  }

  @Test
  void rowsWithOtherCellsThanTheHeaderAreRefusedByTheirLine() {
    CsvRows rows = rows("a,b\n1,2\n3\n");
    rows.next();

    assertThatThrownBy(rows::next)
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("csv: f.csv:line 3: expected 2 cells, found 1");
  }

  @Test
  void aQuoteThatDoesNotEndIsNoWayToFillMemory() {
    CsvRows rows = rows("a,b\n1,\"" + "x\n".repeat(100_000));

    assertThatThrownBy(rows::next)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("f.csv:line ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void tooManyCellsAreRefused() {
    String header = "a,".repeat(5000);

    assertThatThrownBy(() -> rows(header)).isInstanceOf(DataException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,a\n"})
  void aHeaderHasDistinctNames(String text) {
    assertThatThrownBy(() -> rows(text))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("f.csv:line 1");
  }

  @Test
  void numbersAreReadExactlyAndEmptyCellsAreNone() {
    CsvRows rows = rows("a\n1e-8\n");
    String[] row = rows.next().orElseThrow();

    assertThat(rows.number("a", row[0])).isEqualTo(1e-8);
    assertThat(rows.number("a", "")).isNull();
    assertThatThrownBy(() -> rows.number("a", "x"))
        .hasMessageContaining("f.csv:line 2: expected a number as a, found 'x'");
    assertThatThrownBy(() -> rows.column("b")).hasMessageContaining("a column b, found '[a]'");
  }

  private static CsvRows rows(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new CsvRows(Place.of("csv", "f.csv"), new ByteArrayInputStream(bytes));
  }

  private static List<List<String>> all(CsvRows rows) {
    List<List<String>> all = new ArrayList<>();
    for (Optional<String[]> row = rows.next(); row.isPresent(); row = rows.next()) {
      all.add(List.of(row.get()));
    }
    return all;
  }
}
