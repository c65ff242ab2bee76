package io.gradzoo.jobs.family;

import io.gradzoo.engine.network.Architecture;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The families of target networks that a zoo may have.
 *
 * @param all in the order of messages; a family that is part of another stands after it
 */
public record MemberFamilies(List<MemberFamily> all) {

  /**
   * @throws IllegalArgumentException if two have one name
   */
  public MemberFamilies {
    all = List.copyOf(all);
    List<String> names = all.stream().map(MemberFamily::name).toList();
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("two families of one name among " + names);
    }
  }

  /** Their names. */
  public List<String> names() {
    return all.stream().map(MemberFamily::name).toList();
  }

  /** The family of that name, if there is one. */
  public Optional<MemberFamily> named(String name) {
    return all.stream().filter(family -> family.name().equals(name)).findFirst();
  }

  /**
   * The families whose members have what is used, in the order of messages; parts of others are not
   * named beside these.
   */
  public List<MemberFamily> offering(MemberUse use) {
    return all.stream()
        .filter(family -> family.offers().contains(use))
        .filter(family -> family.column().equals(family.name()))
        .toList();
  }

  /**
   * The family of an architecture: the last that has it, so that a part goes before the whole.
   *
   * @throws IllegalArgumentException if there is none
   */
  public MemberFamily family(Architecture architecture) {
    return all.stream()
        .filter(family -> family.has(architecture))
        .reduce((whole, part) -> part)
        .orElseThrow(
            () -> new IllegalArgumentException("no family has the architecture " + architecture));
  }
}
