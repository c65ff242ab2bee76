package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.GradzooException;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.apache.spark.sql.AnalysisException;

/**
 * Runs what is typed into a shell in this JVM, as JShell's own local execution does. Of an error
 * whose message says all, the user's mistake, only the user's own lines are shown as its trace: a
 * screen of Spark's would push the message out of sight.
 */
public final class TerseExecution implements ExecutionControlProvider {
  /** By which JShell finds it. */
  static final String NAME = "gradzoo";

  private static final String SNIPPETS = "REPL.";

  /** For JShell, which finds it as a service. */
  public TerseExecution() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
    return new LocalExecutionControl() {
      @Override
      protected String throwConvertedInvocationException(Throwable cause)
          throws RunException, InternalException {
        if (cause instanceof GradzooException || cause instanceof AnalysisException) {
          throw new UserException(cause.getMessage(), cause.getClass().getName(), own(cause));
        }
        return super.throwConvertedInvocationException(cause);
      }
    };
  }

  private static StackTraceElement[] own(Throwable cause) {
    return Stream.of(cause.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith(SNIPPETS))
        .filter(frame -> !frame.getMethodName().equals("do_it$"))
        .toArray(StackTraceElement[]::new);
  }
}
