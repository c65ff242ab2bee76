package io.gradzoo.engine.metanet;

import java.util.Arrays;
import java.util.List;

/**
 * Which parameter of a network each number of a metanetwork's outputs stands for. Outputs may hold
 * numbers that stand for none, such as what surrounds a small kernel.
 *
 * @param ofOutputs for each output, index into the flat parameters of each of its numbers, or
 *     {@link #NONE}
 */
public record ParameterPlaces(List<int[]> ofOutputs) {
  /** In place of an index: the number stands for no parameter. */
  public static final int NONE = -1;

  public ParameterPlaces {
    ofOutputs = List.copyOf(ofOutputs);
  }

  /** Places of numbers none of which stands for a parameter. */
  public static int[] none(int numbers) {
    int[] places = new int[numbers];
    Arrays.fill(places, NONE);
    return places;
  }
}
