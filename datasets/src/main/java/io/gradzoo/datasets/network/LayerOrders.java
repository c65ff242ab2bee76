package io.gradzoo.datasets.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Searches the orders in which the layers of a network can follow each other, by the shapes of
 * their weights: [out, in] of a dense layer, [out, in, k, k] of a convolution. Each reads what the
 * one before it gives, a dense layer behind a convolution any number of its places.
 */
final class LayerOrders {
  private static final int MOST_STEPS = 100_000;

  private final Map<String, List<Integer>> shapes;
  private final List<String> begun = new ArrayList<>();
  private final List<List<String>> found = new ArrayList<>();
  private int steps;

  /**
   * Of these layers.
   *
   * @param shapes of the weights, by layer
   */
  LayerOrders(Map<String, List<Integer>> shapes) {
    this.shapes = shapes;
    search();
  }

  /** Whether there is no order. */
  boolean none() {
    return found.isEmpty() && steps <= MOST_STEPS;
  }

  /** Whether there is more than one, or there are too many to know. */
  boolean several() {
    return found.size() > 1 || steps > MOST_STEPS;
  }

  /** The first order; there is one unless there is none or several. */
  List<String> first() {
    return found.get(0);
  }

  private void search() {
    if (several()) {
      return;
    }
    if (begun.size() == shapes.size()) {
      found.add(List.copyOf(begun));
      return;
    }
    for (String next : shapes.keySet()) {
      steps++;
      if (!begun.contains(next) && canFollow(next)) {
        begun.add(next);
        search();
        begun.remove(begun.size() - 1);
      }
    }
  }

  private boolean canFollow(String next) {
    if (begun.isEmpty()) {
      return true;
    }
    List<Integer> before = shapes.get(begun.get(begun.size() - 1));
    List<Integer> after = shapes.get(next);
    if (before.size() < 2 || after.size() < 2) {
      return true; // neither dense nor a convolution: nothing is known
    }
    int given = before.get(0);
    int read = after.get(1);
    boolean flattened = before.size() > 2 && after.size() == 2;
    return flattened
        ? given > 0 && read % given == 0
        : before.size() == after.size() && read == given;
  }
}
