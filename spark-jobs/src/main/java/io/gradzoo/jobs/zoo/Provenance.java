package io.gradzoo.jobs.zoo;

import io.gradzoo.jobs.table.TableProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the members of a zoo were made from.
 *
 * @param configHash of the settings
 * @param settings themselves, if they are known
 * @param codeVersion of the code
 * @param images SHA-256 of the image set, if there is one
 */
record Provenance(
    String configHash,
    Optional<ZooSettings> settings,
    String codeVersion,
    Optional<String> images) {

  /** That of a table of members. */
  static Provenance of(TableProperties members) {
    return new Provenance(
        members.configHash(),
        ZooSettings.of(members),
        members.codeVersion(),
        ZooImages.contentHash(members));
  }

  /** What is otherwise of later ones, a line each. */
  List<String> changes(Provenance later) {
    List<String> changes = new ArrayList<>();
    if (!configHash.equals(later.configHash)) {
      List<String> keys =
          settings.isPresent() && later.settings.isPresent()
              ? settings.get().changes(later.settings.get())
              : List.of();
      keys.forEach(change -> changes.add("config: " + change));
      if (keys.isEmpty()) {
        changes.add("config: " + change(configHash, later.configHash));
      }
    }
    if (!codeVersion.equals(later.codeVersion)) {
      changes.add("code: " + change(codeVersion, later.codeVersion));
    }
    if (!Objects.equals(images, later.images)) {
      changes.add("images: " + change(images.orElse("none"), later.images.orElse("none")));
    }
    return changes;
  }

  private static String change(String before, String after) {
    return shortened(before) + " → " + shortened(after);
  }

  /** The beginning of a hash. */
  static String shortened(String hash) {
    return hash.isEmpty() ? "unknown" : hash.substring(0, Math.min(10, hash.length()));
  }
}
