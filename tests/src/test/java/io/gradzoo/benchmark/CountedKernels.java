package io.gradzoo.benchmark;

import static java.util.Map.entry;

import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.jobs.bench.ProductCounter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Kernels that count, for each kind and size of call, how often it runs, what it computes and
 * touches, and how much CPU time it takes.
 */
final class CountedKernels {
  /** Operands [m, n] that a product of [m, k] and [k, n] reads and writes. */
  private static final Map<String, Integer> PRODUCTS =
      Map.of(
          "multiply", 1,
          "multiplyAdd", 2,
          "affine", 1,
          "transposedMultiplyAdd", 2,
          "multiplyAtPlaces", 1,
          "outerProducts", 1);

  /** Operands [rows, width] that a kernel on rows reads and writes. */
  private static final Map<String, Integer> ROWS =
      Map.ofEntries(
          entry("layerNormSilu", 2),
          entry("layerNormSiluSlopes", 3),
          entry("layerNormAdjoint", 5),
          entry("unitNorm", 2),
          entry("unitNormAdjoint", 4),
          entry("exponentialColumns", 2),
          entry("addColumnSums", 1),
          entry("addColumnSumsOfProducts", 2),
          entry("sumWithRow", 2),
          entry("productWithRow", 2),
          entry("addProductWithRow", 3));

  /** Operands [n] that an element-wise kernel reads and writes. */
  private static final Map<String, Integer> ELEMENTS =
      Map.of(
          "add", 3,
          "sum", 3,
          "addScaled", 3,
          "scale", 2,
          "product", 3,
          "addProduct", 4,
          "dot", 2,
          "relu", 2,
          "exponentialAndProduct", 4,
          "gateByRelu", 3);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final ProductCounter products = new ProductCounter();
  private final Kernels kernels;
  private final Map<String, Work> byCall = new TreeMap<>();

  CountedKernels(Kernels fastest) {
    Kernels counted = products.counting(fastest);
    kernels =
        (Kernels)
            Proxy.newProxyInstance(
                Kernels.class.getClassLoader(),
                new Class<?>[] {Kernels.class},
                (proxy, method, arguments) -> count(counted, method, arguments));
  }

  private Object count(Kernels counted, Method method, Object[] arguments)
      throws ReflectiveOperationException {
    long before = products.operations();
    long from = THREADS.getCurrentThreadCpuTime();
    Object result = method.invoke(counted, arguments);
    long nanos = THREADS.getCurrentThreadCpuTime() - from;
    String name = method.getName();
    if (PRODUCTS.containsKey(name)) {
      long m = (int) arguments[0];
      long n = (int) arguments[1];
      long k = (int) arguments[2];
      String call = name + " " + m + "x" + n + "x" + k;
      long flops = products.operations() - before;
      work(call).add(flops, m * k + k * n + PRODUCTS.get(name) * m * n, nanos);
    } else if (ROWS.containsKey(name)) {
      long rows = (int) arguments[0];
      long width = (int) arguments[1];
      work(name + " " + rows + "x" + width).add(0, ROWS.get(name) * rows * width, nanos);
    } else if (ELEMENTS.containsKey(name)) {
      long n = (int) arguments[arguments.length - 1];
      work(name + " " + n).add(0, ELEMENTS.get(name) * n, nanos);
    }
    return result;
  }

  private Work work(String call) {
    return byCall.computeIfAbsent(call, name -> new Work());
  }

  /** The counting kernels. */
  Kernels kernels() {
    return kernels;
  }

  /** Additions and multiplications of dense products so far. */
  long flops() {
    return products.operations();
  }

  /** Forgets the calls so far. */
  void clear() {
    byCall.clear();
  }

  /** Prints the calls that took longest, for one example. */
  void print(int examples) {
    long all = byCall.values().stream().mapToLong(work -> work.nanos).sum();
    System.out.printf(
        "%n%-36s %7s %8s %8s %8s %6s %8s %7s%n",
        "kernel and size", "calls", "MFLOP", "MB", "us", "%", "GFLOP/s", "GB/s");
    byCall.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.comparingLong(work -> -work.nanos)))
        .limit(24)
        .forEach(
            entry -> {
              Work work = entry.getValue();
              System.out.printf(
                  Locale.ROOT,
                  "%-36s %7.1f %8.2f %8.2f %8.1f %6.1f %8.1f %7.1f%n",
                  entry.getKey(),
                  (double) work.calls / examples,
                  work.flops / 1e6 / examples,
                  work.numbers * Float.BYTES / 1e6 / examples,
                  work.nanos / 1e3 / examples,
                  100.0 * work.nanos / all,
                  (double) work.flops / work.nanos,
                  (double) work.numbers * Float.BYTES / work.nanos);
            });
  }

  private static final class Work {
    private long calls;
    private long flops;
    private long numbers;
    private long nanos;

    void add(long moreFlops, long moreNumbers, long moreNanos) {
      calls++;
      flops += moreFlops;
      numbers += moreNumbers;
      nanos += moreNanos;
    }
  }
}
