package io.gradzoo.benchmark;

import io.gradzoo.engine.kernel.Kernels;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Kernels that count the additions and multiplications of the dense products they do. */
final class CountedProducts {
  /** The kernels whose first three arguments are the sizes of a product. */
  private static final Set<String> PRODUCTS =
      Set.of("multiply", "multiplyAdd", "affine", "transposedMultiplyAdd");

  private final Kernels kernels;
  private long flops;

  CountedProducts(Kernels counted) {
    kernels =
        (Kernels)
            Proxy.newProxyInstance(
                Kernels.class.getClassLoader(),
                new Class<?>[] {Kernels.class},
                (proxy, method, arguments) -> {
                  if (PRODUCTS.contains(method.getName())) {
                    flops += 2L * (int) arguments[0] * (int) arguments[1] * (int) arguments[2];
                  }
                  return method.invoke(counted, arguments);
                });
  }

  /** The counting kernels. */
  Kernels kernels() {
    return kernels;
  }

  /** Additions and multiplications so far. */
  long flops() {
    return flops;
  }
}
