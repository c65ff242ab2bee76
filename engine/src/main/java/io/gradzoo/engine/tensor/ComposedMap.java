package io.gradzoo.engine.tensor;

/**
 * One map after another as one: {@code W₂ (W₁ x + f₁ b₁) + f₂ b₂ = M x + c} with {@code M = W₂ W₁}
 * and {@code c = W₂ f₁ b₁ + f₂ b₂}. A device computes M and c once after every change of the
 * parameters, for all {@link Linear}s that apply an equal map, and carries their gradients to the
 * parameters once per backward sweep.
 *
 * @param inner W₁, b₁ and f₁
 * @param outer W₂, b₂ and f₂
 */
public record ComposedMap(AffineMap inner, AffineMap outer) implements RowMap {

  @Override
  public int in() {
    return inner.in();
  }

  @Override
  public int out() {
    return outer.out();
  }
}
