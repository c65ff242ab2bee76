package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.cli.Main;
import io.gradzoo.testing.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A gradzoo in a JVM of its own, started as the launcher does it, with this JVM's class path. */
final class ChildGradzoo implements AutoCloseable {
  private static final long LONGEST_SECONDS = 240;

  private final Process process;
  private final Path log;

  private ChildGradzoo(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a command on a master. */
  static ChildGradzoo start(Workplace place, String master, String... command) throws IOException {
    return running(Main.class, place, master, command);
  }

  /**
   * Starts a command of another build.
   *
   * @param patches class files that stand in for this build's
   */
  static ChildGradzoo ofBuild(Path patches, Workplace place, String master, String... command)
      throws IOException {
    String classPath = patches + java.io.File.pathSeparator + classPath();
    return start(
        place, master, List.of("-cp", classPath, Main.class.getName()), place.arguments(command));
  }

  /**
   * Starts a command with settings of Spark's.
   *
   * @param settings such as {@code spark.speculation=true}
   */
  static ChildGradzoo tuned(
      Workplace place, String master, List<String> settings, String... command) throws IOException {
    List<String> program = new ArrayList<>();
    settings.forEach(setting -> program.add("-D" + setting));
    program.add(Main.class.getName());
    return start(place, master, program, place.arguments(command));
  }

  /**
   * Starts a command and keeps a line for each class that its JVM loads.
   *
   * @param classes the file of the lines
   */
  static ChildGradzoo logging(Path classes, Workplace place, String master, String... command)
      throws IOException {
    return start(
        place,
        master,
        List.of("-Xlog:class+load:file=" + classes, Main.class.getName()),
        place.arguments(command));
  }

  /** Starts a program that takes gradzoo's command lines. */
  static ChildGradzoo running(Class<?> program, Workplace place, String master, String... command)
      throws IOException {
    return start(place, master, List.of(program.getName()), place.arguments(command));
  }

  /**
   * Starts a command that dies at a point of {@link KilledGradzoo}.
   *
   * @param pattern of the point, a regular expression
   */
  static ChildGradzoo dying(
      Workplace place, String point, String pattern, String master, String... command)
      throws IOException {
    List<String> program =
        List.of(
            "-D" + point + "=" + pattern,
            "-Dspark.hadoop.fs.file.impl=" + KilledGradzoo.Files.class.getName(),
            KilledGradzoo.class.getName());
    return start(place, master, program, place.arguments(command));
  }

  /** Starts another program, on one thread. */
  static ChildGradzoo program(Workplace place, Class<?> main, String... arguments)
      throws IOException {
    return start(place, "local[1]", List.of(main.getName()), List.of(arguments));
  }

  private static ChildGradzoo start(
      Workplace place, String master, List<String> program, List<String> arguments)
      throws IOException {
    String classPath = classPath();
    String options = String.join(" ", jvmOptions());
    List<String> line = new ArrayList<>();
    line.add(ProcessHandle.current().info().command().orElseThrow());
    line.addAll(jvmOptions());
    line.addAll(
        List.of(
            "-Xmx1g",
            "-Dgradzoo.home=" + System.getProperty("gradzoo.home"),
            "-Dspark.master=" + master,
            "-Dspark.local.dir=" + place.folder().resolve("spark"),
            "-Dspark.sql.warehouse.dir=" + place.folder().resolve("spark-warehouse"),
            "-Dspark.executor.extraClassPath=" + classPath,
            "-Dspark.executor.extraJavaOptions=" + options,
            "-cp",
            classPath));
    line.addAll(program);
    line.addAll(arguments);
    Path log = Files.createTempFile(place.folder(), "gradzoo", ".log");
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("SPARK_HOME", sparkHome(place).toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.directory(place.folder().toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new ChildGradzoo(builder.start(), log);
  }

  /** Waits for its end; what it printed is all in {@code err}. */
  Outcome outcome() throws IOException, InterruptedException {
    assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).as(this::printed).isTrue();
    return new Outcome(process.exitValue(), List.of(), Files.readAllLines(log));
  }

  /** The lines that it has printed so far. */
  List<String> lines() throws IOException {
    return Files.readAllLines(log);
  }

  /** Kills it, and waits until it is dead. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The process itself, to be watched. */
  Process process() {
    return process;
  }

  /** What it has printed so far. */
  private String printed() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** The options that open this JVM's modules. */
  private static List<String> jvmOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            option ->
                option.startsWith("--add-")
                    || option.startsWith("-XX:")
                    || option.startsWith("-Djdk."))
        .toList();
  }

  /** The folder that Spark expects of an installation: with jars, though there are none. */
  private static Path sparkHome(Workplace place) throws IOException {
    Path home = place.folder().resolve("spark-home");
    Files.createDirectories(home.resolve("jars"));
    return home;
  }

  /** The class path of this JVM. */
  static String classPath() {
    return absolute(System.getProperty("java.class.path"));
  }

  private static String absolute(String classPath) {
    return Stream.of(classPath.split(java.io.File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(java.util.stream.Collectors.joining(java.io.File.pathSeparator));
  }
}
