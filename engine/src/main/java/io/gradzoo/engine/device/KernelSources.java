package io.gradzoo.engine.device;

import io.gradzoo.engine.tensor.gpu.Accelerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sources of the kernels, which lie in the engine's jar. */
public final class KernelSources {
  private static final List<String> KERNELS =
      List.of(
          "prelude.cu",
          "elementwise.cu",
          "reduce.cu",
          "rows.cu",
          "pairs.cu",
          "patches.cu",
          "attention.cu",
          "training.cu");

  private KernelSources() {}

  /** All kernels as one source of CUDA C++. */
  public static String cuda() {
    return joined(KERNELS.stream());
  }

  /** All kernels as one source of C++, with what emulates a GPU. */
  public static String emulated() {
    return joined(Stream.concat(Stream.of("emulation.h"), KERNELS.stream()));
  }

  private static String joined(Stream<String> names) {
    return names.map(KernelSources::read).collect(Collectors.joining("\n"));
  }

  private static String read(String name) {
    try (InputStream source = Accelerator.class.getResourceAsStream(name)) {
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
