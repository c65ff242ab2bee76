package io.gradzoo.jobs.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.curvature.CurvatureStudy;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.model.MetanetworkKind;
import io.gradzoo.jobs.model.registry.BuiltInKinds;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ZooGeneration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeVersionTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      classes = {
        ZooGeneration.class,
        GradientComputation.class,
        TrainingJob.class,
        EvaluationJob.class,
        CurvatureStudy.class
      })
  void everyResultDependsOnKernelsAndNoneOnCommandsReportsAndBenchmarks(Class<?> root) {
    SortedSet<String> names = CodeVersion.closure(root).names();

    assertThat(names)
        .contains(root.getName().replace('.', '/'), "io/gradzoo/engine/kernel/VectorKernels")
        .noneMatch(name -> name.matches("io/gradzoo/jobs/(cli|report|bench|demo|symmetry)/.*"))
        .noneMatch(name -> name.endsWith("TableStore") || name.endsWith("/GradzooConfig"));
  }

  @Test
  void membersDependOnTrainingNetworksAndNotOnWhatReadsThem() {
    assertThat(CodeVersion.closure(ZooGeneration.class).names())
        .contains(
            "io/gradzoo/jobs/zoo/RunTrainer",
            "io/gradzoo/jobs/zoo/RandomMembers",
            "io/gradzoo/jobs/zoo/StagedRuns$RunTask",
            "io/gradzoo/engine/network/TargetTraining",
            "io/gradzoo/datasets/split/ContentHash")
        .noneMatch(
            name ->
                name.matches(
                    "io/gradzoo/(engine/(metanet|gradient|tensor)|jobs/(rounds|inference))/.*"));
  }

  @Test
  void modelsDependOnTheirOwnKindAndOnNoOther() {
    assertThat(CodeVersion.closure(TrainingJob.class).names())
        .noneMatch(name -> name.matches("io/gradzoo/jobs/model/.*/.*"))
        .noneMatch(name -> name.matches("io/gradzoo/engine/metanet/(scalegmn|hybrid)/.*"));
    for (MetanetworkKind kind : BuiltInKinds.ALL.all()) {
      String folder = kind.getClass().getPackageName().replace('.', '/') + "/";
      assertThat(CodeVersion.closure(TrainingJob.class, kind.getClass()).names())
          .as(kind.name())
          .contains(kind.getClass().getName().replace('.', '/'))
          .filteredOn(name -> name.matches("io/gradzoo/jobs/model/.*/.*Kind"))
          .filteredOn(name -> !name.startsWith(folder))
          .allMatch(name -> blocks(name, kind));
    }
  }

  @Test
  void modelsDependOnTheKernelsOfAGpuAndMembersDoNot() {
    ClassClosure models = CodeVersion.closure(TrainingJob.class);
    ClassClosure members = CodeVersion.closure(ZooGeneration.class);

    assertThat(models.hash("other kernels")).isNotEqualTo(models.hash());
    assertThat(members.hash("other kernels")).isEqualTo(members.hash());
  }

  /** Whether a kind has the block that another kind's class reads. */
  private static boolean blocks(String name, MetanetworkKind kind) {
    return BuiltInKinds.ALL.all().stream()
        .filter(other -> other.getClass().getName().replace('.', '/').equals(name))
        .allMatch(other -> kind.blocks().containsAll(other.blocks()));
  }

  @Test
  void whatCarriesSettingsAndRowsIsNamedAsItIs() {
    SortedSet<String> all = ClassClosure.of(name -> true, "io/gradzoo/jobs/cli/Main").names();

    for (String carrier : CodeVersion.CARRIERS) {
      assertThat(all).anyMatch(name -> name.startsWith(carrier));
    }
  }

  @Test
  void commentsAndNamesOfVariablesMakeNoDifferenceAndStatementsDo() throws IOException {
    byte[] plain = image("int twice(int x) { return x + x; }");

    assertThat(image("// longer\n\n int twice(int x) { return x + x; }")).isEqualTo(plain);
    assertThat(image("int twice(int y) { return y + y; }")).isEqualTo(plain);
    assertThat(image("int twice(int x) { return x * 2; }")).isNotEqualTo(plain);
  }

  @Test
  void inputsOfOtherCodeMakeAnotherVersion() {
    String one = CodeVersion.of(TrainingJob.class, List.of("a", "b"));

    assertThat(one)
        .matches("[0-9a-f]{16}")
        .isEqualTo(CodeVersion.of(TrainingJob.class, List.of("a", "b")));
    assertThat(
            Set.of(
                one,
                CodeVersion.of(TrainingJob.class, List.of("a", "c")),
                CodeVersion.of(EvaluationJob.class, List.of("a", "b"))))
        .hasSize(3);
  }

  private byte[] image(String method) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    SimpleJavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///Sample.java"), SimpleJavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return "class Sample { " + method + " }";
          }
        };
    List<String> options = List.of("-g", "-proc:none", "-d", folder.toString());
    assertThat(compiler.getTask(null, null, null, options, null, List.of(source)).call()).isTrue();
    return ClassImage.of(Files.readAllBytes(folder.resolve("Sample.class"))).bytes();
  }
}
