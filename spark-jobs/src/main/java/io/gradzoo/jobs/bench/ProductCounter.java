package io.gradzoo.jobs.bench;

import io.gradzoo.engine.kernel.Kernels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Counts the floating-point operations of matrix products, 2 m n k each: what a machine's sgemm
 * peak can be compared with. Everything else (normalisations, activations, sums) costs time and
 * counts for nothing.
 */
public final class ProductCounter {
  private long operations;

  /** The same kernels, counted. Whatever begins with the sizes m, n and k is a product. */
  public Kernels counting(Kernels kernels) {
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> {
              if (product(method)) {
                operations += 2L * (int) arguments[0] * (int) arguments[1] * (int) arguments[2];
              }
              try {
                return method.invoke(kernels, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Floating-point operations so far. */
  public long operations() {
    return operations;
  }

  private static boolean product(Method method) {
    Class<?>[] types = method.getParameterTypes();
    return types.length > 3
        && types[0] == int.class
        && types[1] == int.class
        && types[2] == int.class;
  }
}
