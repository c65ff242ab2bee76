package io.gradzoo.datasets.format;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rows of a CSV file, one after the other: a header of distinct names, then rows of as many
 * cells, separated by commas; cells may stand in quotes. A cell has at most 4,096 characters, a row
 * at most 1,000 cells.
 */
public final class CsvRows {
  private static final int LONGEST_CELL = 4096;
  private static final int MOST_CELLS = 1000;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
  private static final String FIX = "fetch the file again";

  private final Place place;
  private final CsvParser parser;
  private final List<String> header;
  private long row;

  /**
   * Reads the header.
   *
   * @param place the file's, for messages
   * @param in UTF-8; whoever opened it closes it
   * @throws DataException if there is none
   */
  public CsvRows(Place place, InputStream in) {
    this.place = place;
    this.parser = new CsvParser(settings());
    try {
      parser.beginParsing(in, StandardCharsets.UTF_8);
    } catch (TextParsingException e) {
      throw unreadable(e);
    }
    String[] names =
        cells().orElseThrow(() -> place.atLine(1).fault("names of columns", "nothing", FIX));
    this.header = List.of(names);
    if (header.stream().distinct().count() < header.size()) {
      throw place.atLine(1).fault("each column once", Place.quote(header.toString()), FIX);
    }
  }

  /** The columns' names; the empty one may be among them. */
  public List<String> header() {
    return header;
  }

  /**
   * The position of a column.
   *
   * @throws DataException if there is none of this name
   */
  public int column(String name) {
    int column = header.indexOf(name);
    if (column < 0) {
      String found = Place.quote(header.toString());
      throw place.atLine(1).fault("a column " + name, found, "give the file as it was published");
    }
    return column;
  }

  /**
   * The next row's cells, one for each column; empty ones are empty text. Empty lines are passed
   * over.
   *
   * @return empty after the last
   * @throws DataException if the row has other cells than the header, or is no CSV
   */
  public Optional<String[]> next() {
    Optional<String[]> cells = cells();
    if (cells.isPresent()) {
      row++;
      int count = cells.get().length;
      if (count != header.size()) {
        throw here().fault(header.size() + " cells", count + "", FIX);
      }
    }
    return cells;
  }

  /**
   * The place of the row that was read last. Lines are counted as rows are, the header the first.
   */
  public Place here() {
    return place.atLine(row + 1);
  }

  /**
   * A cell of the row that was read last as a number, also {@code nan}, {@code inf} and {@code
   * -inf} as Python writes them.
   *
   * @param name of the column, for messages
   * @return null if the cell is empty
   * @throws DataException if it is none
   */
  public Double number(String name, String cell) {
    return switch (cell) {
      case "" -> null;
      case "nan", "NaN" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        if (!NUMBER.matcher(cell).matches()) {
          throw here().fault("a number as " + name, Place.quote(cell), FIX);
        }
        yield Double.valueOf(cell);
      }
    };
  }

  private Optional<String[]> cells() {
    try {
      return Optional.ofNullable(parser.parseNext())
          .map(cells -> Arrays.copyOf(cells, cells.length));
    } catch (TextParsingException e) {
      throw unreadable(e);
    }
  }

  private DataException unreadable(TextParsingException e) {
    if (e.getCause() instanceof DataException cause) {
      return cause;
    }
    String expected =
        "rows of at most " + MOST_CELLS + " cells of " + LONGEST_CELL + " characters in CSV";
    String found = e.getCause() == null ? "something else" : cause(e.getCause());
    return place.atLine(Math.max(e.getLineIndex(), 0) + 1).fault(expected, found, FIX);
  }

  private static String cause(Throwable cause) {
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : " " + Place.quote(message));
  }

  private static CsvParserSettings settings() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setMaxCharsPerColumn(LONGEST_CELL);
    settings.setMaxColumns(MOST_CELLS);
    settings.setReadInputOnSeparateThread(false);
    settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.RAISE_ERROR);
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setCommentProcessingEnabled(false);
    settings.setNullValue("");
    settings.setEmptyValue("");
    return settings;
  }
}
