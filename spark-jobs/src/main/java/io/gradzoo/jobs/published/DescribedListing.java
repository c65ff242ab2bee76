package io.gradzoo.jobs.published;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.CsvRows;
import io.gradzoo.datasets.image.ImageSets;
import io.gradzoo.datasets.network.FolderDescription;
import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.Published;
import io.gradzoo.jobs.table.MembersTable.Scores;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lists the networks of a folder that {@code zoo.json} describes: those of {@code members.csv}, or,
 * without one, every file of the format.
 */
final class DescribedListing {
  /** Name of the file that lists the networks. */
  static final String MEMBERS = "members.csv";

  /** The column that must be there. */
  static final String FILE = "file";

  private static final String FIX = "see docs/formats.md, 'A folder of network files'";
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,19}");

  private final FolderDescription description;
  private final CsvRows rows;
  private String[] cells;

  private DescribedListing(FolderDescription description, CsvRows rows) {
    this.description = description;
    this.rows = rows;
  }

  /**
   * Lists them.
   *
   * @throws io.gradzoo.datasets.DataException if a file is missing or damaged
   */
  static NetworkListing of(SourceFolder folder) {
    FolderDescription description = description(folder);
    String kind = "files " + description.format().id();
    if (folder.find(MEMBERS).isEmpty()) {
      List<ListedNetwork> networks =
          folder.list(description.format().suffix()).stream()
              .map(path -> unlisted(path, description))
              .toList();
      return new NetworkListing(description, networks, kind, List.of(FolderDescription.FILE));
    }
    Place place = folder.place(MEMBERS);
    try (InputStream in = folder.text(MEMBERS)) {
      List<ListedNetwork> networks =
          new DescribedListing(description, new CsvRows(place, in)).read();
      return new NetworkListing(
          description, networks, kind, List.of(FolderDescription.FILE, MEMBERS));
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  private static FolderDescription description(SourceFolder folder) {
    Place place = folder.place(FolderDescription.FILE);
    folder.require(FolderDescription.FILE, FIX);
    try (InputStream in = folder.open(FolderDescription.FILE)) {
      FolderDescription description = FolderDescription.read(place, in);
      String images = description.images();
      if (!images.isEmpty() && !ImageSets.names().contains(images)) {
        throw place.fault("images that are one of " + ImageSets.names(), Place.quote(images), FIX);
      }
      return description;
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  private static ListedNetwork unlisted(String path, FolderDescription description) {
    String id =
        path.substring(0, path.length() - description.format().suffix().length()).replace('/', '-');
    Hyperparameters unknown =
        new Hyperparameters(null, null, null, null, null, null, null, null, null, null);
    return new ListedNetwork(
        path, id, id, null, description.architecture(), Scores.NONE, unknown, Published.NOTHING);
  }

  private List<ListedNetwork> read() {
    rows.column(FILE);
    List<ListedNetwork> networks = new ArrayList<>();
    for (Optional<String[]> row = rows.next(); row.isPresent(); row = rows.next()) {
      cells = row.get();
      networks.add(network());
    }
    return networks;
  }

  private ListedNetwork network() {
    ListedNetwork unlisted = unlisted(path(), description);
    String member = text("member_id").orElse(unlisted.memberId());
    return new ListedNetwork(
        unlisted.path(),
        member,
        text("run_id").orElse(member),
        integer("epoch"),
        text("architecture").orElse(description.architecture()),
        new Scores(
            number("train_loss"),
            number("train_accuracy"),
            number("test_loss"),
            number("test_accuracy"),
            number("psnr")),
        hyperparameters(),
        new Published(text("image_id").orElse(null), integer("label"), split()));
  }

  private Hyperparameters hyperparameters() {
    return new Hyperparameters(
        text("activation").orElse(null),
        text("initializer").orElse(null),
        number("initializer_scale"),
        text("optimizer").orElse(null),
        number("learning_rate"),
        number("l2"),
        number("dropout"),
        number("train_fraction"),
        integer("batch_size"),
        whole("seed", Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private String path() {
    String path = text(FILE).orElse("");
    if (!path.endsWith(description.format().suffix())) {
      throw rows.here()
          .fault(
              "a file *" + description.format().suffix() + " as " + FILE, Place.quote(path), FIX);
    }
    return path;
  }

  private String split() {
    Optional<String> split = text("published_split");
    if (split.isPresent() && !List.of("train", "validation", "test").contains(split.get())) {
      throw rows.here().fault("train, validation or test", Place.quote(split.get()), FIX);
    }
    return split.orElse(null);
  }

  private Optional<String> text(String column) {
    if (!rows.header().contains(column)) {
      return Optional.empty();
    }
    String cell = cells[rows.column(column)];
    return cell.isEmpty() ? Optional.empty() : Optional.of(cell);
  }

  private Double number(String column) {
    Double number = text(column).map(cell -> rows.number(column, cell)).orElse(null);
    return number == null || !Double.isFinite(number) ? null : number;
  }

  private Integer integer(String column) {
    Long value = whole(column, 0, Integer.MAX_VALUE);
    return value == null ? null : value.intValue();
  }

  private Long whole(String column, long least, long most) {
    Optional<String> cell = text(column);
    if (cell.isEmpty()) {
      return null;
    }
    try {
      long value = Long.parseLong(WHOLE.matcher(cell.get()).matches() ? cell.get() : "");
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw rows.here()
        .fault(column + " from " + least + " to " + most, Place.quote(cell.get()), FIX);
  }
}
