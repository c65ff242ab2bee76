package io.gradzoo.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.jobs.example.MemberSplits;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that the bytes of a training depend on: two trainings of one identity end in the same model.
 *
 * @param settings of the config that the model depends on, as compact JSON, by their keys
 * @param members that it is trained on and selected by
 * @param codeVersion of the code and of the tables
 * @param startedFrom SHA-256 of the checkpoint of another training that it started from, if any
 */
public record TrainingIdentity(
    SortedMap<String, String> settings,
    MemberSplits members,
    String codeVersion,
    Optional<String> startedFrom) {
  private static final int MOST_SHOWN = 80;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SETTINGS = "settings";
  private static final String MEMBERS = "members";
  private static final String CODE_VERSION = "code-version";
  private static final String STARTED_FROM = "started-from";

  public TrainingIdentity {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /** In what another one differs, each in words: {@code seed 7 (here 8)}. */
  public List<String> differences(TrainingIdentity here) {
    List<String> differences = new ArrayList<>();
    SortedSet<String> keys = new TreeSet<>(settings.keySet());
    keys.addAll(here.settings.keySet());
    for (String key : keys) {
      add(differences, key, settings.get(key), here.settings.get(key));
    }
    add(differences, MEMBERS, members.words(here.members), here.members.words(members));
    add(differences, "code", codeVersion, here.codeVersion);
    add(differences, STARTED_FROM, startedFrom.orElse("none"), here.startedFrom.orElse("none"));
    return differences;
  }

  private static void add(List<String> differences, String what, String own, String others) {
    if (!Objects.equals(own, others)) {
      differences.add("%s %s (here %s)".formatted(what, shortened(own), shortened(others)));
    }
  }

  private static String shortened(String value) {
    return value == null || value.length() <= MOST_SHOWN
        ? value
        : value.substring(0, MOST_SHOWN) + "…";
  }

  /** Hash of all of it, in hex. */
  public String sha256() {
    try {
      return ContentHash.of(JSON.writeValueAsBytes(metadata()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As metadata of a file. */
  Map<String, String> metadata() {
    Map<String, String> metadata = new TreeMap<>();
    try {
      metadata.put(SETTINGS, JSON.writeValueAsString(settings));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    metadata.put(MEMBERS, members.json());
    metadata.put(CODE_VERSION, codeVersion);
    startedFrom.ifPresent(hash -> metadata.put(STARTED_FROM, hash));
    return metadata;
  }

  /** What {@link #metadata} wrote; empty if it is something else. */
  static Optional<TrainingIdentity> of(Map<String, String> metadata) {
    try {
      SortedMap<String, String> settings =
          JSON.readValue(metadata.getOrDefault(SETTINGS, ""), new TypeReference<>() {});
      String code = metadata.getOrDefault(CODE_VERSION, "");
      return MemberSplits.parse(metadata.getOrDefault(MEMBERS, ""))
          .map(
              members ->
                  new TrainingIdentity(
                      settings, members, code, Optional.ofNullable(metadata.get(STARTED_FROM))));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
