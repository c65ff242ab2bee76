package io.gradzoo.jobs.model;

import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.task.MetanetworkTask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The kinds of metanetworks that a config may name.
 *
 * @param all in the order of messages
 */
public record Kinds(List<MetanetworkKind> all) {

  /**
   * @throws IllegalArgumentException if two have one name
   */
  public Kinds {
    all = List.copyOf(all);
    List<String> names = all.stream().map(MetanetworkKind::name).toList();
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("two kinds of one name among " + names);
    }
  }

  /** These and one more. */
  public Kinds with(MetanetworkKind kind) {
    List<MetanetworkKind> more = new ArrayList<>(all);
    more.add(kind);
    return new Kinds(more);
  }

  /** Their names. */
  public List<String> names() {
    return all.stream().map(MetanetworkKind::name).toList();
  }

  /** The kind of that name, if there is one. */
  public Optional<MetanetworkKind> named(String name) {
    return all.stream().filter(kind -> kind.name().equals(name)).findFirst();
  }

  /** The blocks of all of them. */
  public Set<String> blocks() {
    return all.stream().flatMap(kind -> kind.blocks().stream()).collect(Collectors.toSet());
  }

  /**
   * Kinds that predict what another kind cannot predict of a family; those first that use the same
   * of a member, be it weights or gradients, and others only if there are none.
   */
  public List<MetanetworkKind> inPlaceOf(
      MetanetworkKind kind, MemberFamily family, MetanetworkTask task) {
    List<MetanetworkKind> serving =
        all.stream()
            .filter(other -> family.offers().contains(other.uses()) && other.serves(task))
            .toList();
    List<MetanetworkKind> alike =
        serving.stream()
            .filter(other -> other.uses().gradients() == kind.uses().gradients())
            .toList();
    return alike.isEmpty() ? serving : alike;
  }
}
