package io.gradzoo.engine.device;

import io.gradzoo.engine.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A C++ compiler of this machine.
 *
 * @param command as it is started
 * @param version what it says of itself
 */
record HostCompiler(String command, String version) {
  private static final List<String> COMMANDS = List.of("g++", "clang++");
  private static final List<String> OPTIONS =
      List.of("-std=c++17", "-O2", "-ffp-contract=off", "-fPIC", "-fvisibility=hidden", "-shared");

  /** The first one that there is. */
  static Optional<HostCompiler> find() {
    return COMMANDS.stream().flatMap(command -> find(command).stream()).findFirst();
  }

  private static Optional<HostCompiler> find(String command) {
    try {
      CompilerOutput said = run(List.of(command, "--version"));
      return said.status == 0
          ? Optional.of(new HostCompiler(command, said.text))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // there is no such command
    }
  }

  /** All that a library depends on besides its source. */
  String identity() {
    return version + OPTIONS;
  }

  /**
   * Compiles a source to a shared library.
   *
   * @throws io.gradzoo.engine.fault.FaultException with the compiler's first complaint
   */
  void compile(String source, Path library) throws IOException {
    Path file = Files.createTempFile(library.getParent(), "source-", ".cpp");
    try {
      Files.writeString(file, source);
      List<String> arguments = new ArrayList<>(List.of(command));
      arguments.addAll(OPTIONS);
      Collections.addAll(arguments, "-o", library.toString(), file.toString());
      CompilerOutput said = run(arguments);
      if (said.status != 0) {
        throw Fault.of("kernels")
            .at(command)
            .expected("a compiler of C++17")
            .found(said.text.lines().filter(l -> l.contains("error")).findFirst().orElse(said.text))
            .exception();
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private record CompilerOutput(int status, String text) {}

  private static CompilerOutput run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new CompilerOutput(process.waitFor(), text);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IOException("interrupted", e);
    }
  }
}
