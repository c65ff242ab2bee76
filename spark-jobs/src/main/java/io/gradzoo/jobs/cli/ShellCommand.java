package io.gradzoo.jobs.cli;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.facade.StepSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gradzoo shell}. */
@Command(
    name = "shell",
    description = {
      "Opens the JDK's JShell with a Spark session, the facade and what is imported mostly:"
          + " spark, gradzoo, Gradzoo.functions.",
      "Without a terminal it runs the Java on standard input, and stops at the first mistake."
    })
final class ShellCommand implements Callable<Integer> {
  private static final String IMPORTS =
      """
      import io.gradzoo.jobs.code.OtherCodePolicy;
      import io.gradzoo.jobs.facade.*;
      import io.gradzoo.jobs.ml.*;
      import io.gradzoo.jobs.table.*;
      import java.util.*;
      import java.util.stream.*;
      import org.apache.spark.sql.*;
      import static org.apache.spark.sql.functions.*;
      """;

  private static final String GREETING =
      """
      System.out.println("spark and gradzoo are ready, and in SQL the catalog gradzoo; /exit ends.");
      """;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "Java that is run instead of what stands on standard input.")
  private Path file;

  @Override
  @SuppressWarnings("SystemConsoleNull") // on JDK 17 it is null without a terminal
  public Integer call() throws Exception {
    GradzooCommand program = GradzooCommand.of(spec);
    program.config(spec, ConfigUse.everything());
    Optional<String> script = file == null ? Optional.empty() : Optional.of(read(file));
    try (CommandSession session = new CommandSession(spec.qualifiedName(), program.progress())) {
      session.open(() -> {});
      String start = start(program.settings());
      return script.isEmpty() && System.console() != null
          ? interactive(start)
          : run(start, script.orElseGet(ShellCommand::input));
    }
  }

  private static String read(Path script) {
    try {
      return Files.readString(script);
    } catch (IOException e) {
      throw GradzooException.data(
          Fault.of("shell")
              .at(script)
              .expected("a file of Java in UTF-8")
              .found("what cannot be read: " + e.getMessage()));
    }
  }

  private static String input() {
    try {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What every shell begins with: imports, the session and the facade with the options' config. */
  static String start(StepSettings settings) {
    StringBuilder facade = new StringBuilder("Gradzoo.on(spark)");
    settings.preset().ifPresent(name -> facade.append(".preset(" + literal(name) + ")"));
    settings
        .file()
        .ifPresent(
            file ->
                facade.append(".config(java.nio.file.Path.of(" + literal(file.toString()) + "))"));
    if (!settings.assignments().isEmpty()) {
      facade.append(
          settings.assignments().stream()
              .map(ShellCommand::literal)
              .collect(Collectors.joining(", ", ".set(", ")")));
    }
    settings.output().ifPresent(folder -> facade.append(".output(" + literal(folder) + ")"));
    return IMPORTS
        + "SparkSession spark = SparkSession.active();\n"
        + "Gradzoo gradzoo = "
        + facade
        + ";\n"
        + "Gradzoo.functions(spark);\n";
  }

  /** The text as a literal of Java. */
  private static String literal(String text) {
    return text.chars()
        .mapToObj(c -> c >= ' ' && c < 127 && c != '"' && c != '\\' ? "" + (char) c : escaped(c))
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String escaped(int c) {
    return c == '"' || c == '\\' ? "\\" + (char) c : String.format("\\u%04x", c);
  }

  private Integer run(String start, String script) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Snippets snippets = new Snippets(System.getProperty("java.class.path"))) {
      snippets.run(start, value -> {});
      snippets.run(script, out::println);
    } finally {
      out.flush();
    }
    return 0;
  }

  private static Integer interactive(String start) throws Exception {
    String shown = start + "gradzoo = gradzoo.showing(System.out);\n" + GREETING;
    Path startup = Files.writeString(Files.createTempFile("gradzoo-shell", ".jsh"), shown);
    try {
      return JavaShellToolBuilder.builder()
          .start(
              "--execution=" + TerseExecution.NAME,
              "--class-path=" + System.getProperty("java.class.path"),
              "--startup=DEFAULT",
              "--startup=" + startup,
              "--feedback=concise");
    } finally {
      Files.delete(startup);
    }
  }
}
