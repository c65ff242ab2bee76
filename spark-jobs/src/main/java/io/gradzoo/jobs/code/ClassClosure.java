package io.gradzoo.jobs.code;

import io.gradzoo.engine.device.KernelSources;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Our classes that some classes reach: those they name, those that these name, and so on. */
final class ClassClosure {
  private static final String KERNELS = "io/gradzoo/engine/device/KernelSources";

  private final SortedMap<String, ClassImage> images = new TreeMap<>();

  private ClassClosure() {}

  /**
   * What can be reached.
   *
   * @param counts which classes are followed, by their internal names
   * @param roots internal names of the classes to start from
   */
  static ClassClosure of(Predicate<String> counts, String... roots) {
    ClassClosure closure = new ClassClosure();
    Deque<String> open = new ArrayDeque<>(List.of(roots));
    while (!open.isEmpty()) {
      String name = open.remove();
      if (counts.test(name) && !closure.images.containsKey(name)) {
        ClassImage image = ClassImage.of(name);
        closure.images.put(name, image);
        open.addAll(image.references());
      }
    }
    return closure;
  }

  /** Internal names of the classes. */
  SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(images.keySet()));
  }

  /**
   * SHA-256 over the images in the order of their names, in hex; a GPU's kernels, which are no
   * classes, count with the class that reads them.
   */
  String hash() {
    return hash(KernelSources.emulated());
  }

  /** With kernels of the caller's choice. */
  String hash(String kernels) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    images.values().forEach(image -> all.writeBytes(image.bytes()));
    if (images.containsKey(KERNELS)) {
      all.writeBytes(kernels.getBytes(StandardCharsets.UTF_8));
    }
    return CodeVersion.sha256(all.toByteArray());
  }
}
