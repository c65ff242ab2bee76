package io.gradzoo.jobs.cli;

import static jdk.jshell.SourceCodeAnalysis.Completeness.EMPTY;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Java in snippets, compiled by the JDK's JShell and run in this JVM, on its Spark session. What a
 * snippet throws is thrown.
 */
final class Snippets implements AutoCloseable {
  private static final Pattern CONTINUATION = Pattern.compile("\\s*[.+*?:&|)]");

  private final Here here = new Here();
  private final JShell shell;

  /**
   * @param classPath that snippets are compiled with
   */
  Snippets(String classPath) {
    this.shell = JShell.builder().executionEngine(here, Map.of()).build();
    shell.addToClasspath(classPath);
  }

  /**
   * Runs all snippets of a text. A snippet ends with its line, as in JShell, unless the next line
   * goes on with a dot or an operator.
   *
   * @param out takes the values of expressions that are no declarations
   * @throws GradzooException exit code 2 if a snippet does not compile
   * @throws Exception what a snippet throws
   */
  void run(String text, Consumer<String> out) throws Exception {
    List<String> lines = text.lines().toList();
    String pending = "";
    for (int i = 0; i < lines.size(); i++) {
      pending += lines.get(i) + "\n";
      boolean goesOn = i + 1 < lines.size() && CONTINUATION.matcher(lines.get(i + 1)).lookingAt();
      if (!goesOn) {
        pending = runWhole(pending, out);
      }
    }
    if (shell.sourceCodeAnalysis().analyzeCompletion(pending).completeness() != EMPTY) {
      throw refused(pending, "not a whole statement");
    }
  }

  /** Runs the whole snippets at the beginning of a text; returns the rest. */
  private String runWhole(String text, Consumer<String> out) throws Exception {
    String rest = text;
    CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
    while (info.completeness().isComplete()) {
      for (SnippetEvent event : shell.eval(info.source())) {
        look(event, out);
      }
      rest = info.remaining();
      info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
    }
    return rest;
  }

  private void look(SnippetEvent event, Consumer<String> out) throws Exception {
    if (event.status() == Snippet.Status.REJECTED) {
      String reason =
          shell
              .diagnostics(event.snippet())
              .map(each -> each.getMessage(Locale.ROOT))
              .findFirst()
              .orElse("Java");
      throw refused(event.snippet().source(), reason);
    }
    if (event.exception() != null) {
      throw event.exception() instanceof EvalException ? here.thrown() : event.exception();
    }
    boolean shown =
        event.snippet().subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
            || event.snippet().subKind() == Snippet.SubKind.VAR_VALUE_SUBKIND;
    if (shown && event.value() != null && event.causeSnippet() == null) {
      out.accept(event.value());
    }
  }

  private static GradzooException refused(String source, String reason) {
    String first = source.strip().lines().findFirst().orElse("");
    return GradzooException.usage(
        Fault.of("snippet").at(first).found(reason.lines().findFirst().orElse("")));
  }

  @Override
  public void close() {
    shell.close();
  }

  /** Runs snippets here, and remembers what they throw: JShell passes on no more than its text. */
  private static final class Here implements ExecutionControlProvider {
    private Throwable last;

    Exception thrown() {
      return last instanceof Exception exception ? exception : new IllegalStateException(last);
    }

    @Override
    public String name() {
      return "here";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return new DirectExecutionControl() {
        @Override
        protected String throwConvertedInvocationException(Throwable cause)
            throws RunException, InternalException {
          last = cause;
          return super.throwConvertedInvocationException(cause);
        }
      };
    }
  }
}
