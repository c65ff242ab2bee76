package io.gradzoo.jobs.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the launcher runs once after a build, in a JVM that writes a class-data archive as it ends:
 * a zoo from its generation to predictions, small, so that the archive has the classes of all
 * commands that users wait for.
 */
public final class ClassArchive {
  private ClassArchive() {}

  /** Takes the config file; everything is written into the folder of temporary files. */
  public static void main(String[] arguments) {
    Terminal terminal = Terminal.take();
    String config = Path.of(arguments[0]).toAbsolutePath().toString();
    Path folder = Path.of(System.getProperty("java.io.tmpdir")).resolve("zoo");
    String run = folder.resolve("runs/small-scalegmn").toString();
    List<List<String>> commands =
        List.of(
            List.of("zoo", "generate"),
            List.of("gradients", "compute"),
            List.of("train", "scalegmn"),
            List.of("train", "gradmetanet"),
            List.of("predict", "--run", run),
            List.of("zoo", "list"));
    for (List<String> words : commands) {
      List<String> command = new ArrayList<>(List.of("--config", config));
      for (String place : List.of("warehouse", "runs", "reports")) {
        command.addAll(List.of("--set", "storage." + place + "=\"" + folder.resolve(place) + "\""));
      }
      command.addAll(words);
      int status = Main.run(command.toArray(String[]::new), System.err, terminal.err());
      if (status != 0) {
        Main.end(terminal.finished(status));
        return;
      }
    }
    terminal.finished(0);
  }
}
