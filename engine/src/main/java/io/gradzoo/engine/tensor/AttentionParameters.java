package io.gradzoo.engine.tensor;

import io.gradzoo.engine.fault.Fault;
import java.util.List;

/**
 * The parameters of self-attention with several heads, each as wide as the input (GradMetaNet++,
 * App. D.2).
 *
 * @param query M_Q, [heads, in, in]
 * @param key M_K, [heads, in, in]
 * @param value M_V, [heads, in, in]
 * @param output M_O, [out, heads · in]
 */
public record AttentionParameters(
    Parameter query, Parameter key, Parameter value, Parameter output) {

  /**
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public AttentionParameters {
    List<Integer> shape = query.shape();
    boolean fit =
        shape.size() == 3
            && shape.get(1).equals(shape.get(2))
            && shape.equals(key.shape())
            && shape.equals(value.shape())
            && output.shape().size() == 2
            && output.shape().get(1) == shape.get(0) * shape.get(1);
    if (!fit) {
      throw Fault.of("attention " + query.name())
          .expected("three parameters [heads, in, in] and one [out, heads · in]")
          .found(List.of(shape, key.shape(), value.shape(), output.shape()))
          .exception();
    }
  }

  /** Number H of heads. */
  public int heads() {
    return query.shape().get(0);
  }

  /** Width of the input. */
  public int in() {
    return query.shape().get(1);
  }

  /** Width of the output. */
  public int out() {
    return output.shape().get(0);
  }
}
