package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On masters of this machine, nobody else can reach what a command opens. */
@EnabledOnOs(OS.LINUX)
class OpenPortsTest {
  private static final long EVERY_MILLIS = 100;

  @TempDir Path folder;

  @Test
  @Tag("slow")
  void everyCommandListensOnTheLoopbackAddressAlone() throws Exception {
    Path run = folder.resolve("runs/tiny-scalegmn");
    assertNobodyReaches(
        List.of("zoo", "generate"),
        List.of("zoo", "list"),
        List.of("gradients", "compute"),
        List.of("gradients", "verify"),
        List.of("train", "scalegmn"),
        List.of("symmetry", "check", "--run=" + run),
        List.of("evaluate", "--run=" + run),
        List.of("predict", "--run=" + run),
        List.of("report"));
  }

  @Test
  void aClusterWithinThisMachineListensOnTheLoopbackAddressAndTellsNobodyItsSecret()
      throws Exception {
    Set<String> seen;
    try (ChildGradzoo child =
        ChildGradzoo.start(
            new Workplace(folder),
            "local-cluster[2,1,1024]",
            "--set=zoo.runs=3",
            "zoo",
            "generate")) {
      seen = watch(child.process());
      child.outcome().ok();
    }

    assertThat(seen).noneMatch(ListeningSockets::reachableByOthers);
    assertThat(seen).as("of driver, master, workers, executors").hasSizeGreaterThan(6);
  }

  @SafeVarargs
  private final void assertNobodyReaches(List<String>... commands) throws Exception {
    List<String> line = new ArrayList<>();
    for (List<String> command : commands) {
      line.add(CommandsInTurn.NEXT);
      line.addAll(command);
    }

    Set<String> seen;
    try (ChildGradzoo child =
        ChildGradzoo.running(
            CommandsInTurn.class, new Workplace(folder), "local[2]", line.toArray(String[]::new))) {
      seen = watch(child.process());
      child.outcome().ok();
    }

    assertThat(seen).noneMatch(ListeningSockets::reachableByOthers);
    assertThat(seen).as("two of each command").hasSizeGreaterThanOrEqualTo(commands.length);
  }

  /** All sockets that are seen until the process ends; no command line says the secret. */
  private static Set<String> watch(Process process) throws Exception {
    Set<String> seen = new TreeSet<>();
    while (process.isAlive()) {
      seen.addAll(ListeningSockets.of(process.toHandle()));
      Stream.concat(Stream.of(process.toHandle()), process.descendants())
          .forEach(
              p ->
                  assertThat(commandLine(p))
                      .as("the command line of a process")
                      .doesNotContain("spark.authenticate.secret"));
      Thread.sleep(EVERY_MILLIS);
    }
    return seen;
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    } catch (java.io.IOException e) { // it has ended
      return "";
    }
  }
}
