package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.ml.ClassificationParams;
import io.gradzoo.jobs.ml.PredictionParams;
import io.gradzoo.jobs.ml.RunFolds;
import io.gradzoo.jobs.ml.ScaleGmnClassifier;
import io.gradzoo.jobs.ml.StageParams;
import io.gradzoo.jobs.ml.TrainingParams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.junit.jupiter.api.Test;

/**
 * The wrappers for PySpark are those of the stages that there are; no PySpark is needed to see it.
 */
class PythonStagesTest {
  private static final Path PACKAGE = Path.of("../deploy/python/gradzoo");
  private static final List<Class<?>> PARAMS =
      List.of(
          StageParams.class,
          TrainingParams.class,
          PredictionParams.class,
          ClassificationParams.class);
  private static final Pattern STAGE =
      Pattern.compile(
          """
          class (\\w+)\\(_(Estimator|Model), ([^)]*)\\):
              \""".*\"""

              __module__ = _JAVA
          (?:    _model = (\\w+)
          )?""");

  @Test
  void paramsAreThoseOfTheJavaSide() throws IOException {
    Path file = PACKAGE.resolve("params.py");
    String expected = PythonStages.text(PARAMS, new ScaleGmnClassifier());
    if (Boolean.getBoolean("python.write")) {
      Files.writeString(file, expected);
    }

    assertThat(Files.readString(file).equals(expected))
        .as(
            "deploy/python/gradzoo/params.py has other params than io.gradzoo.jobs.ml; write it"
                + " again: mvn -B -q -pl tests -am -Dtest=PythonStagesTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dpython.write=true test")
        .isTrue();
    assertThat(
            PARAMS.stream()
                .flatMap(type -> PythonStages.declared(type).stream())
                .map(method -> method.getName()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(new ScaleGmnClassifier().params()).map(Param::name).toList());
  }

  @Test
  void thePackageHasTheVersionOfTheProject() throws IOException {
    Matcher project =
        Pattern.compile("<version>([^<]*?)(-SNAPSHOT)?</version>")
            .matcher(Files.readString(Path.of("../pom.xml")));

    assertThat(project.find()).isTrue();
    assertThat(Files.readString(PACKAGE.resolveSibling("pyproject.toml")))
        .contains("\nversion = \"" + project.group(1) + "\"\n");
  }

  @Test
  void everyStageHasAWrapperWithItsParamsAndItsModel() throws IOException {
    List<MatchResult> wrappers =
        STAGE.matcher(Files.readString(PACKAGE.resolve("ml.py"))).results().toList();

    assertThat(wrappers).hasSameSizeAs(StageClasses.all());
    for (Class<?> type : StageClasses.all()) {
      MatchResult wrapper =
          wrappers.stream()
              .filter(each -> each.group(1).equals(type.getSimpleName()))
              .findFirst()
              .orElseThrow();
      boolean estimator = Estimator.class.isAssignableFrom(type);
      assertThat(wrapper.group(2)).isEqualTo(estimator ? "Estimator" : "Model");
      assertThat(wrapper.group(3))
          .isEqualTo(
              PARAMS.stream()
                  .filter(params -> params.isAssignableFrom(type))
                  .map(Class::getSimpleName)
                  .collect(Collectors.joining(", ")));
      if (estimator) {
        assertThat(wrapper.group(4)).isEqualTo(StageClasses.modelOf(type).getSimpleName());
      }
    }
  }

  @Test
  void theClassesThatPythonNamesAreThere() throws IOException {
    String code =
        Files.readString(PACKAGE.resolve("ml.py"))
            + Files.readString(PACKAGE.resolve("__init__.py"));
    Set<String> named =
        Pattern.compile("_jvm\\.(io\\.gradzoo[\\w.]*)\\.\\w+\\(")
            .matcher(code)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(named).containsExactly("io.gradzoo.jobs.facade.Gradzoo", RunFolds.class.getName());
    assertThat(code).contains("_JAVA = \"" + RunFolds.class.getPackageName() + "\"");
  }
}
