package io.gradzoo.jobs.published;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.network.FolderDescription;
import io.gradzoo.datasets.network.NetworkFormat;
import io.gradzoo.datasets.network.StoredNetwork;
import io.gradzoo.datasets.network.WeightAxes;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.table.MemberStatus;
import io.gradzoo.jobs.table.MembersTable.Fate;
import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Origin;
import io.gradzoo.jobs.table.MembersTable.Published;
import io.gradzoo.jobs.table.MembersTable.RunColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Reads network files in a task, one after the other, each from a copy whose checksum is that of
 * the file as it was listed.
 *
 * @param folder of the files
 * @param format of the files
 * @param axes of their weights
 * @param activation as the zoo's description has it
 * @param tensors as the zoo's description has them
 * @param origin what the rows depend on
 * @param seed of the zoo, which decides the splits of its runs
 */
record NetworkTask(
    String folder,
    NetworkFormat format,
    WeightAxes axes,
    String activation,
    List<String> tensors,
    Origin origin,
    long seed)
    implements FlatMapFunction<Iterator<ImportedNetwork>, Row> {

  static NetworkTask of(String folder, FolderDescription description, Origin origin, long seed) {
    return new NetworkTask(
        folder,
        description.format(),
        description.axes(),
        description.activation(),
        List.copyOf(description.tensors()),
        origin,
        seed);
  }

  @Override
  public Iterator<Row> call(Iterator<ImportedNetwork> networks) {
    SourceFolder source = new SourceFolder(folder);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return networks.hasNext();
      }

      @Override
      public Row next() {
        return row(source, networks.next());
      }
    };
  }

  private Row row(SourceFolder source, ImportedNetwork network) {
    Place place = source.place(network.listed().path());
    NetworkWeights weights;
    try {
      Path copy = Files.createTempFile("gradzoo-network", format.suffix());
      try {
        String found = source.copy(network.listed().path(), copy, NetworkFormat.LARGEST);
        if (!found.equals(network.sha256())) {
          throw place.fault(
              "a file that stays as it is during the import",
              "another",
              "import again, when nobody writes there");
        }
        StoredNetwork stored = format.read(place, copy);
        FolderDescription description =
            new FolderDescription(format, "", activation, axes, tensors, "");
        weights = NetworkWeights.of(place, stored, description, network.listed().architecture());
        return member(network.listed(), stored, weights).toRow();
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private MemberRow member(ListedNetwork listed, StoredNetwork stored, NetworkWeights weights) {
    RunColumns run =
        RunColumns.of(
            listed.runId(),
            weights.architecture(),
            BuiltInFamilies.of(weights.architecture()).column(),
            hyperparameters(listed, weights),
            seed);
    MemberRow row =
        finite(weights.parameters())
            ? MemberRow.healthy(
                listed.memberId(),
                listed.epoch(),
                run,
                weights.parameters(),
                listed.scores(),
                origin)
            : MemberRow.lost(
                listed.memberId(),
                listed.epoch(),
                run,
                new Fate(MemberStatus.DIVERGED, "its published weights are not finite"),
                origin);
    return row.with(published(listed, stored));
  }

  private static Hyperparameters hyperparameters(ListedNetwork listed, NetworkWeights weights) {
    Hyperparameters said = listed.hyperparameters();
    return said.activation() != null
        ? said
        : said.withActivation(weights.architecture().activation().name().toLowerCase(Locale.ROOT));
  }

  /** A label that stands in the file counts where the folder says none. */
  private static Published published(ListedNetwork listed, StoredNetwork stored) {
    Published said = listed.published();
    Number label = stored.numbers().get("label");
    return said.label() == null && label instanceof Long whole
        ? new Published(said.imageId(), Math.toIntExact(whole), said.split())
        : said;
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
