package io.gradzoo.jobs.config.block;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The artefacts that a key's value goes into itself, be it only under a condition. What is made of
 * these depends on the value too, which is not said here but once, in {@link EffectiveConfig}.
 *
 * @param all one for each artefact
 */
public record Effects(List<Effect> all) {
  /** Of a key that names a place, or how work is divided. */
  public static final Effects NONE = new Effects(List.of());

  public Effects {
    all = List.copyOf(all);
  }

  /** On each of the artefacts, always. */
  public static Effects on(Artefact... artefacts) {
    return new Effects(
        Arrays.stream(artefacts).map(artefact -> new Effect(artefact, Optional.empty())).toList());
  }

  /**
   * The same, while another key has a value.
   *
   * @param path of the other key, below the root
   */
  public Effects onlyWith(String path, Enum<?> value) {
    Optional<Condition> condition =
        Optional.of(new Condition(path, "=", ConfigSpelling.name(value)));
    return new Effects(all.stream().map(effect -> new Effect(effect.artefact, condition)).toList());
  }

  /**
   * The same, while another key has one of several values.
   *
   * @param path of the other key, below the root
   */
  public Effects onlyWith(String path, Collection<String> values) {
    List<Effect> conditional = new ArrayList<>();
    for (Effect effect : all) {
      for (String value : values) {
        conditional.add(new Effect(effect.artefact, Optional.of(new Condition(path, "=", value))));
      }
    }
    return new Effects(conditional);
  }

  /**
   * The same, while another key has any value but one.
   *
   * @param path of the other key, below the root
   */
  public Effects unless(String path, String value) {
    Optional<Condition> condition = Optional.of(new Condition(path, "≠", value));
    return new Effects(all.stream().map(effect -> new Effect(effect.artefact, condition)).toList());
  }

  /** These and others. */
  public Effects and(Effects others) {
    return new Effects(Stream.concat(all.stream(), others.all.stream()).toList());
  }

  /**
   * Whether the artefact is affected, or may be: a condition on what cannot be understood holds.
   *
   * @param values of all keys by their path; null where one cannot be understood
   */
  public boolean include(Artefact artefact, UnaryOperator<String> values) {
    return all.stream()
        .anyMatch(
            effect ->
                effect.artefact == artefact
                    && effect.condition.stream().allMatch(condition -> condition.holds(values)));
  }

  /** In words: {@code members, study with zoo.source = trained}; a dash for none. */
  public String words() {
    return all.isEmpty() ? "–" : all.stream().map(Effect::words).collect(Collectors.joining(", "));
  }

  /** On one artefact. */
  record Effect(Artefact artefact, Optional<Condition> condition) {
    String words() {
      return artefact.title() + condition.map(c -> " with " + c.words()).orElse("");
    }
  }

  /**
   * That a key has a value, or has another.
   *
   * @param relation {@code =} or {@code ≠}
   */
  private record Condition(String path, String relation, String value) {
    boolean holds(UnaryOperator<String> values) {
      String found = values.apply(path);
      return found == null || value.equals(found) == relation.equals("=");
    }

    String words() {
      return path + " " + relation + " " + value;
    }
  }
}
