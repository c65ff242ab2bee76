package io.gradzoo.jobs.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.model.MetanetworkKind;
import io.gradzoo.jobs.model.registry.BuiltInKinds;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.RegisteredTask;
import io.gradzoo.jobs.task.registry.BuiltInTasks;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.testing.PatchedClass;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Code versions in other builds than the one that runs. */
class OtherBuildTest {
  private static final String JUDGED = "evaluation.EvaluationJob";
  private static final List<String> ROOTS =
      List.of(
          "zoo.ZooGeneration",
          "gradients.GradientComputation",
          "training.TrainingJob",
          JUDGED,
          "evaluation.PredictionJob",
          "curvature.CurvatureStudy");

  private static SortedMap<String, String> here;

  @TempDir Path folder;

  @BeforeAll
  static void readThisBuild(@TempDir Path none) throws Exception {
    here = versions(none);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "jobs/report/HtmlReport, ",
    "jobs/cli/DemoCommand, ",
    "jobs/demo/UpToDate, ",
    "jobs/zoo/RunPlan, zoo.ZooGeneration",
    "jobs/gradients/GradientRows, gradients.GradientComputation",
    "jobs/baseline/BoostingTrial, evaluation.EvaluationJob",
    "jobs/curvature/StudyRun, curvature.CurvatureStudy",
    "engine/network/LayeredArchitecture, all",
  })
  void aClassThatDiffersMakesOtherCodeOfWhatItsResultsReachAndNothingElse(
      String patched, String changed) throws Exception {
    PatchedClass.write(folder, "io/gradzoo/" + patched);

    SortedMap<String, String> there = versions(folder);

    List<String> differing =
        ROOTS.stream().filter(root -> !here.get(root).equals(there.get(root))).toList();
    if ("all".equals(changed)) {
      assertThat(differing).isEqualTo(ROOTS);
    } else {
      assertThat(differing).isEqualTo(changed == null ? List.of() : List.of(changed));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "jobs/model/scalegmn/ScaleGmnDesign, scalegmn hybrid hybrid_plus_plus",
    "jobs/model/convolution/Maps, gradmetanet_convolution",
    "jobs/model/transformer/TransformerDesign, gradmetanet_transformer",
    "jobs/model/hybrid/HybridKind, hybrid",
    "jobs/model/neuronmlp/NeuronMlpKind, neuron_mlp",
    "engine/metanet/scalegmn/MessagePassing, scalegmn hybrid hybrid_plus_plus",
    "jobs/model/registry/BuiltInKinds, ''",
  })
  void aClassOfAKindMakesOtherCodeOfTheModelsThatHaveIt(String patched, String kinds)
      throws Exception {
    PatchedClass.write(folder, "io/gradzoo/" + patched);

    SortedMap<String, String> there = versions(folder);

    assertThat(BuiltInKinds.ALL.names().stream().filter(k -> !here.get(k).equals(there.get(k))))
        .isEqualTo(kinds.isEmpty() ? List.of() : List.of(kinds.split(" ", -1)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "jobs/task/accuracy/AccuracyTask, accuracy",
    "jobs/task/diagonal/FisherDiagonal, fisher_diagonal fisher_trace",
    "jobs/task/trace/FisherTraceTask, fisher_trace",
    "jobs/task/diagonal/DiagonalBaselines, ''",
    "jobs/baseline/BoostingTrial, ''",
    "jobs/task/registry/BuiltInTasks, ''",
  })
  void aClassOfATaskMakesOtherCodeOfTheModelsThatLearnItAndItsBaselinesDoNot(
      String patched, String tasks) throws Exception {
    PatchedClass.write(folder, "io/gradzoo/" + patched);

    SortedMap<String, String> there = versions(folder);

    assertThat(
            BuiltInTasks.ALL.all().stream()
                .map(MetanetworkTask::name)
                .filter(task -> !here.get(task).equals(there.get(task))))
        .isEqualTo(tasks.isEmpty() ? List.of() : List.of(tasks.split(" ", -1)));
  }

  @Test
  void aSecondCompilationInAnotherOrderIsTheSameCode() throws Exception {
    Path forwards = compiled("zoo", false);
    Path backwards = compiled("zoo", true);

    Map<String, String> first = images(forwards);
    assertThat(first).hasSizeGreaterThan(5).containsExactlyEntriesOf(images(backwards));
    first.forEach((name, image) -> assertThat(image).as(name).isEqualTo(hash(ClassImage.of(name))));
  }

  private static String hash(ClassImage image) {
    return CodeVersion.sha256(image.bytes());
  }

  /**
   * Of the jobs, and of models of each kind by its name, in a build that has the class files of a
   * folder in place of its own.
   */
  private static SortedMap<String, String> versions(Path patches) throws Exception {
    List<URL> path = new ArrayList<>(List.of(patches.toUri().toURL()));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      path.add(Path.of(entry).toUri().toURL());
    }
    SortedMap<String, String> versions = new TreeMap<>();
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader build = new URLClassLoader(path.toArray(URL[]::new), platform)) {
      Class<?> version = Class.forName(CodeVersion.class.getName(), true, build);
      for (String root : ROOTS) {
        versions.put(
            root, version(version, Class.forName("io.gradzoo.jobs." + root, false, build)));
      }
      versions.put(JUDGED, judged(version, build));
      Class<?> training = Class.forName(TrainingJob.class.getName(), false, build);
      for (MetanetworkKind kind : BuiltInKinds.ALL.all()) {
        Class<?> there = Class.forName(kind.getClass().getName(), false, build);
        versions.put(kind.name(), version(version, training, there));
      }
      for (MetanetworkTask task : BuiltInTasks.ALL.all()) {
        Class<?> there = Class.forName(task.getClass().getName(), false, build);
        versions.put(task.name(), version(version, training, there));
      }
    }
    return versions;
  }

  /** Of an evaluation with the baselines of all tasks. */
  private static String judged(Class<?> version, ClassLoader build) throws Exception {
    List<Class<?>> roots = new ArrayList<>();
    roots.add(Class.forName("io.gradzoo.jobs." + JUDGED, false, build));
    for (RegisteredTask task : BuiltInTasks.ALL.registered()) {
      roots.add(Class.forName(task.baselines().getClass().getName(), false, build));
    }
    return version(version, roots.toArray(Class<?>[]::new));
  }

  private static String version(Class<?> version, Class<?>... roots) throws Exception {
    return (String) version.getMethod("of", Class[].class).invoke(null, (Object) roots);
  }

  private Path compiled(String name, boolean reversed) throws Exception {
    List<Path> sources = new ArrayList<>();
    try (var files = Files.list(Path.of("src/main/java/io/gradzoo/jobs", name))) {
      files.sorted().forEach(sources::add);
    }
    if (reversed) {
      Collections.reverse(sources);
    }
    Path target = Files.createDirectories(folder.resolve(name + reversed));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
      List<String> options =
          Arrays.asList("-g", "--release", "17", "-proc:none", "-d", target.toString());
      assertThat(compiler.getTask(null, files, null, options, null, units).call()).isTrue();
    }
    return target;
  }

  private static SortedMap<String, String> images(Path classes) throws Exception {
    SortedMap<String, String> images = new TreeMap<>();
    try (var files = Files.walk(classes)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        String name = classes.relativize(file).toString().replace(".class", "");
        if (!name.endsWith("package-info")) {
          images.put(name, hash(ClassImage.of(Files.readAllBytes(file))));
        }
      }
    }
    return images;
  }
}
