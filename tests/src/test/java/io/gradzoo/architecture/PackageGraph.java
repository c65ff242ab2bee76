package io.gradzoo.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which package needs which, without what follows from the rest: a package that is reached over
 * another has no edge of its own. The packages of the modules' roots are left out: all others know
 * them.
 *
 * @param needs the packages that each package needs, by name, as {@code engine.tensor}
 */
record PackageGraph(SortedMap<String, SortedSet<String>> needs) {
  private static final String ROOT = "io.gradzoo.";

  /** The graph of the compiled modules. */
  static PackageGraph of(Iterable<JavaClass> classes) {
    SortedMap<String, SortedSet<String>> needs = new TreeMap<>();
    for (JavaClass type : classes) {
      if (isRoot(type)) {
        continue;
      }
      SortedSet<String> of = needs.computeIfAbsent(name(type), name -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(ROOT)
            && !isRoot(target)
            && !name(target).equals(name(type))) {
          of.add(name(target));
        }
      }
    }
    return new PackageGraph(needs).reduced();
  }

  /** The module of a package: its first word. */
  static String module(String name) {
    return name.substring(0, name.indexOf('.'));
  }

  /**
   * The packages of a module in layers: every package above those of the module that it needs, as
   * low as possible.
   */
  List<List<String>> layers(String module) {
    Map<String, Integer> heights = new TreeMap<>();
    needs.keySet().stream()
        .filter(name -> module(name).equals(module))
        .forEach(name -> height(name, heights));
    List<List<String>> layers = new ArrayList<>();
    heights.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(
            entry -> {
              int layer = heights.values().stream().max(Integer::compare).orElseThrow();
              while (layers.size() <= layer - entry.getValue()) {
                layers.add(new ArrayList<>());
              }
              layers.get(layer - entry.getValue()).add(entry.getKey());
            });
    return layers;
  }

  private int height(String name, Map<String, Integer> heights) {
    Integer known = heights.get(name);
    if (known != null) {
      return known;
    }
    int height =
        needs.get(name).stream()
            .filter(other -> module(other).equals(module(name)))
            .mapToInt(other -> 1 + height(other, heights))
            .max()
            .orElse(0);
    heights.put(name, height);
    return height;
  }

  private PackageGraph reduced() {
    SortedMap<String, SortedSet<String>> reduced = new TreeMap<>();
    needs.forEach(
        (name, others) -> {
          SortedSet<String> kept = new TreeSet<>(others);
          others.forEach(other -> kept.removeAll(reached(other, new TreeSet<>())));
          reduced.put(name, kept);
        });
    return new PackageGraph(reduced);
  }

  /** All that a package needs, over others too. */
  private SortedSet<String> reached(String name, SortedSet<String> reached) {
    for (String other : needs.get(name)) {
      if (reached.add(other)) {
        reached(other, reached);
      }
    }
    return reached;
  }

  private static boolean isRoot(JavaClass type) {
    return name(type).indexOf('.') < 0;
  }

  private static String name(JavaClass type) {
    return type.getPackageName().substring(ROOT.length());
  }
}
