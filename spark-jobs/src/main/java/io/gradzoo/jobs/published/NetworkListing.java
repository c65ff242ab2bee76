package io.gradzoo.jobs.published;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.network.FolderDescription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The networks of a folder of files, and how the files hold them.
 *
 * @param description of all files
 * @param networks in the order of their members' names
 * @param kind what the folder is, in words
 * @param lists relative names of the files that list or divide the networks
 */
record NetworkListing(
    FolderDescription description, List<ListedNetwork> networks, String kind, List<String> lists) {
  private static final String FIX = "give each network a name of its own";

  NetworkListing {
    networks = List.copyOf(networks);
    lists = List.copyOf(lists);
  }

  /**
   * The same, seen to name every member and every file once.
   *
   * @param place of the folder or the list, for messages
   * @throws io.gradzoo.datasets.DataException naming what stands there twice, or if there is none
   */
  NetworkListing checked(Place place) {
    if (networks.isEmpty()) {
      throw place.fault(
          "networks in files *" + description.format().suffix(), "none", "give their folder");
    }
    Map<String, String> members = new HashMap<>();
    Map<String, String> paths = new HashMap<>();
    for (ListedNetwork network : networks) {
      if (!network.memberId().matches("[A-Za-z0-9_.=-]{1,200}")) {
        throw place.fault(
            "names of members of letters, digits, '_', '.', '=' and '-'",
            Place.quote(network.memberId()),
            "rename " + Place.quote(network.path()));
      }
      if (members.put(network.memberId(), "") != null) {
        throw place.fault("each member once", Place.quote(network.memberId()) + " twice", FIX);
      }
      if (paths.put(network.path(), "") != null) {
        throw place.fault("each file once", Place.quote(network.path()) + " twice", FIX);
      }
    }
    return this;
  }
}
