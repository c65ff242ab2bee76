package io.gradzoo.jobs.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.datasets.split.Split;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which members a model was trained on, selected by and may be tested on: a run records it, and it
 * is compared with the zoo before results of the run are shown. Equal rows in equal splits are the
 * same members, wherever and however often they were published.
 *
 * @param train the model was trained on these
 * @param validation and selected by these
 * @param test and has seen none of these
 */
public record MemberSplits(Part train, Part validation, Part test) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The members of a split.
   *
   * @param count examples that a model reads
   * @param sha256 hex, of the rows that tell them from others: ids, architectures, hashes of
   *     weights, accuracies and, of gradient sets, what they are taken of and on
   */
  public record Part(long count, String sha256) {}

  /** The members of a split. */
  public Part part(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }

  /** As JSON on one line. */
  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@link #json} wrote; empty if it is something else. */
  public static Optional<MemberSplits> parse(String json) {
    try {
      return Optional.of(JSON.readValue(json, MemberSplits.class)).filter(MemberSplits::complete);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private boolean complete() {
    return train != null && validation != null && test != null;
  }

  /**
   * In words, with a hash where others differ: {@code 16 train (3f2a17c0), 4 validation, 4 test}.
   *
   * @param other may be null
   */
  public String words(MemberSplits other) {
    List<String> parts = new ArrayList<>();
    for (Split split : Split.values()) {
      Part part = part(split);
      String hash =
          other == null || part.equals(other.part(split))
              ? ""
              : " (" + part.sha256.substring(0, 8) + ")";
      parts.add(part.count + " " + split.name().toLowerCase(Locale.ROOT) + hash);
    }
    return String.join(", ", parts);
  }
}
