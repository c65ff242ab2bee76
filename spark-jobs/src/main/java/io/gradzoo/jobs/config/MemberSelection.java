package io.gradzoo.jobs.config;

import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.MemberFamilies;
import io.gradzoo.jobs.family.MemberFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The families of members that a job reads.
 *
 * @param only the family whose members they are; empty for all
 */
public record MemberSelection(Optional<MemberFamily> only) {
  private static final String ALL = "all";

  static MemberSelection read(Section section, String key, MemberFamilies families) {
    List<String> words = new ArrayList<>(families.names());
    words.add(ALL);
    return new MemberSelection(families.named(section.word(key, words)));
  }

  /** Whether members of the family are read, as its own or as part of another. */
  public boolean includes(MemberFamily family) {
    return only.isEmpty() || only.get().equals(family) || only.get().name().equals(family.column());
  }
}
