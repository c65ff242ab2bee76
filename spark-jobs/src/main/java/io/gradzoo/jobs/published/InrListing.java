package io.gradzoo.jobs.published;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.inr.InrLayout;
import io.gradzoo.datasets.inr.InrNetwork;
import io.gradzoo.datasets.inr.InrSplits;
import io.gradzoo.datasets.network.FolderDescription;
import io.gradzoo.datasets.network.NetworkFormat;
import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.Published;
import io.gradzoo.jobs.table.MembersTable.Scores;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lists the networks of a published zoo of implicit neural representations. */
final class InrListing {
  private static final String FIX = "give the folder that the zoo's archive unpacks to";
  private static final Hyperparameters SINE =
      new Hyperparameters("sine", null, null, null, null, null, null, null, null, null);

  private final SourceFolder folder;
  private final InrLayout layout;
  private final Map<String, InrSplits.Assignment> splits = new HashMap<>();

  private InrListing(SourceFolder folder, InrLayout layout) {
    this.folder = folder;
    this.layout = layout;
  }

  /**
   * Lists them.
   *
   * @param splits relative name of a split file, if there is one
   * @throws io.gradzoo.datasets.DataException if a file has no place in the layout, or the splits
   *     name a network that is not there, or give it another label
   */
  static NetworkListing of(SourceFolder folder, InrLayout layout, Optional<String> splits) {
    InrListing listing = new InrListing(folder, layout);
    List<InrNetwork> networks = listing.networks();
    splits.ifPresent(name -> listing.divide(name, networks));
    return new NetworkListing(
        FolderDescription.of(NetworkFormat.TORCH, InrLayout.ACTIVATION),
        networks.stream().map(listing::listed).toList(),
        layout.id(),
        splits.map(List::of).orElse(List.of()));
  }

  private List<InrNetwork> networks() {
    List<InrNetwork> networks = new ArrayList<>();
    for (String path : folder.list(InrLayout.SUFFIX)) {
      networks.add(
          layout
              .network(path)
              .orElseThrow(
                  () ->
                      folder
                          .place(path)
                          .fault("a name such as …/" + layout.example(), "another", FIX)));
    }
    return networks;
  }

  private void divide(String name, List<InrNetwork> networks) {
    Place place = folder.place(name);
    InrSplits read;
    folder.require(name, "name a split file in the zoo's folder");
    try (InputStream in = folder.text(name)) {
      read = InrSplits.read(place, in);
    } catch (IOException e) {
      throw place.unreadable(e);
    }
    PathIndex index = new PathIndex(networks.stream().map(InrNetwork::path).toList());
    read.entries()
        .forEach(
            (path, entry) -> {
              String own =
                  index
                      .find(path)
                      .orElseThrow(
                          () ->
                              place.fault(
                                  "paths of networks in the folder", Place.quote(path), FIX));
              if (splits.put(own, entry) != null) {
                throw place.fault("each network once", Place.quote(own) + " twice", FIX);
              }
            });
  }

  private ListedNetwork listed(InrNetwork network) {
    Optional<InrSplits.Assignment> entry = Optional.ofNullable(splits.get(network.path()));
    Integer stated = entry.map(InrSplits.Assignment::label).orElse(null);
    Integer label = network.label() == null ? stated : network.label();
    if (stated != null && !stated.equals(label)) {
      throw folder
          .place(network.path())
          .fault("label " + label + " in the split file, as the path says", stated + "", FIX);
    }
    String split = entry.map(each -> each.split().name().toLowerCase(Locale.ROOT)).orElse(null);
    return new ListedNetwork(
        network.path(),
        memberId(network),
        network.run(),
        null,
        "",
        Scores.NONE,
        SINE,
        new Published(network.imageId(), label, split));
  }

  /** The run, and the file's name where a run may have several. */
  private String memberId(InrNetwork network) {
    String file = network.path().substring(network.path().lastIndexOf('/') + 1);
    return layout == InrLayout.MNIST_INRS
        ? network.run() + "-" + file.substring(0, file.length() - InrLayout.SUFFIX.length())
        : network.run();
  }
}
