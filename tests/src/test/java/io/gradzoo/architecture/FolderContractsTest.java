package io.gradzoo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.Shape;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import java.io.Serializable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each folder may depend on. */
class FolderContractsTest {
  /** What starts compilers and opens the libraries of GPUs. */
  private static final String DEVICES = "io.gradzoo.engine.device";

  @Test
  void theEngineIsMathematicsAlone() {
    classes()
        .that()
        .resideInAPackage(Code.ENGINE)
        .and()
        .resideOutsideOfPackage(DEVICES)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    Code.ENGINE,
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.runtime",
                    "java.util",
                    "java.util.function",
                    "java.util.random",
                    "java.util.regex",
                    "java.util.stream",
                    "jdk.incubator.vector",
                    "org.nd4j..")
                .or(belongToAnyOf(Serializable.class)))
        .because("it has no Spark, no files and no config")
        .check(Code.ALL);
  }

  @Test
  void nativeLibrariesAreOpenedInOnePackage() {
    noClasses()
        .that(not(resideInAPackage(DEVICES)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .check(Code.ALL);
  }

  @Test
  void devicesKnowInstructionsAndNeitherTapesNorMetanetworks() {
    noClasses()
        .that(resideInAPackage(DEVICES))
        .should()
        .dependOnClassesThat(
            resideInAPackage(Code.ENGINE)
                .and(not(resideInAPackage(DEVICES)))
                .and(
                    not(
                        resideInAnyPackage(
                            "io.gradzoo.engine.fault", "io.gradzoo.engine.tensor.gpu"))))
        .check(Code.ALL);
  }

  @Test
  void onlyKernelsKnowLanesAndNd4j() {
    noClasses()
        .that(not(resideInAPackage("io.gradzoo.engine.kernel")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jdk.incubator.vector", "org.nd4j..")
        .because("the rest of the engine runs where neither is on the class path")
        .check(Code.ALL);
  }

  @Test
  void whatIsComputedDoesNotKnowWhatRunsIt() {
    noClasses()
        .that()
        .resideInAnyPackage("io.gradzoo.engine.tensor", "io.gradzoo.engine.metanet..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.gradzoo.engine.tensor.cpu..",
            "io.gradzoo.engine.tensor.gpu..",
            "io.gradzoo.engine.kernel..",
            DEVICES)
        .because("a device is chosen where a tape is made, and adding one touches no metanetwork")
        .check(Code.ALL);
  }

  @Test
  void datasetsAreFormatsOnTheEnginesValueTypes() {
    classes()
        .that()
        .resideInAPackage(Code.DATASETS)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    Code.DATASETS,
                    "io.gradzoo.engine.fault",
                    "java..",
                    "javax.imageio..",
                    "com.fasterxml.jackson.core..",
                    "com.univocity.parsers..")
                .or(
                    belongToAnyOf(
                        Shape.class, Samples.class, Parameter.class, ParameterLayout.class)))
        .because("they have no Spark and no config, and read for whoever asks")
        .check(Code.ALL);
  }

  @Test
  void sparkIsForJobs() {
    noClasses()
        .that(not(resideInAPackage(Code.JOBS)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
        .check(Code.ALL);
  }

  @Test
  void configFilesAreReadInOnePackage() {
    noClasses()
        .that(not(resideInAPackage("io.gradzoo.jobs.config..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.typesafe.config..")
        .check(Code.ALL);
  }

  @Test
  void theCommandLineIsParsedInOnePackage() {
    noClasses()
        .that(not(resideInAPackage("io.gradzoo.jobs.cli")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(Code.ALL);
  }

  @Test
  void jobsDoNotKnowTheCommandLine() {
    noClasses()
        .that(not(resideInAPackage("io.gradzoo.jobs.cli")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.gradzoo.jobs.cli")
        .because("every job is a call that a notebook can make")
        .check(Code.ALL);
  }

  @Test
  void trackersStayBehindTheirPackage() {
    noClasses()
        .that(not(resideInAPackage("io.gradzoo.jobs.tracking")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.mlflow..")
        .because("a training goes on without them")
        .check(Code.ALL);
  }

  @Test
  void tablesFormatsStayBehindTheStore() {
    noClasses()
        .that(not(resideInAnyPackage("io.gradzoo.jobs.table..", "io.gradzoo.jobs.session")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.iceberg..", "org.apache.parquet..")
        .check(Code.ALL);
  }

  @Test
  void examplesKnowNobodyWhoTrainsOnThem() {
    noClasses()
        .that()
        .resideInAPackage("io.gradzoo.jobs.example")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.gradzoo.jobs.inference",
            "io.gradzoo.jobs.rounds",
            "io.gradzoo.jobs.run",
            "io.gradzoo.jobs.training")
        .check(Code.ALL);
  }

  @Test
  void roundsReadExamplesAndNeitherTablesNorFiles() {
    noClasses()
        .that()
        .resideInAnyPackage("io.gradzoo.jobs.inference", "io.gradzoo.jobs.rounds")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.gradzoo.jobs.table", "io.gradzoo.jobs.run", "java.nio.file..")
        .check(Code.ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"engine", "datasets", "jobs"})
  void packagesOfAModuleHaveNoCycles(String module) {
    slices().matching("io.gradzoo." + module + ".(**)").should().beFreeOfCycles().check(Code.ALL);
  }
}
