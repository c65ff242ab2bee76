package io.gradzoo.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.facade.StepResult;
import io.gradzoo.jobs.table.TableStore;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/** What the command line does, a program can call. */
class FacadeRulesTest {
  private static final String CLI = "io.gradzoo.jobs.cli";
  private static final String FACADE = "io.gradzoo.jobs.facade";

  @Test
  void commandsRunNoJobsOfTheirOwn() {
    noClasses()
        .that()
        .resideInAPackage(CLI)
        .should()
        .dependOnClassesThat(assignableTo(Job.class))
        .orShould()
        .callConstructorWhere(
            DescribedPredicate.describe(
                "make results", call -> call.getTargetOwner().isEquivalentTo(StepResult.class)))
        .because("each is a call of the facade")
        .check(Code.ALL);
  }

  @Test
  void everyStepOfTheFacadeIsThatOfACommand() {
    Set<String> called =
        Code.ALL.stream()
            .filter(type -> type.getPackageName().equals(CLI))
            .flatMap(type -> type.getMethodCallsFromSelf().stream())
            .map(JavaMethodCall::getTarget)
            .filter(target -> target.getOwner().getPackageName().equals(FACADE))
            .filter(target -> target.getRawReturnType().isEquivalentTo(StepResult.class))
            .map(target -> target.getOwner().getSimpleName() + "." + target.getName())
            .collect(toCollection(TreeSet::new));

    assertThat(called).as("steps that commands call").hasSize(commandsOnSpark() + VARIANTS);
    assertThat(steps()).as("steps that no command is").isEqualTo(called);
  }

  /** A new command is a step, or is put here with what it calls instead. */
  @Test
  void commandsThatAreNoStepsReadNoTables() {
    Set<String> others =
        Code.ALL.stream()
            .filter(type -> type.isAnnotatedWith(Command.class))
            .filter(type -> !type.isAssignableTo(CLI + ".SparkCommand"))
            .filter(type -> !type.isAssignableTo(CLI + ".CommandGroup"))
            .map(type -> type.getName().substring(CLI.length() + 1))
            .collect(toCollection(TreeSet::new));

    assertThat(others)
        .containsExactlyInAnyOrder(
            // Calls of jobs.bench and jobs.gpu, which are public and need no session.
            "BenchAveragingCommand",
            "BenchCommand$OfFineTune",
            "BenchCommand$OfGradMetaNet",
            "BenchCommand$OfGradients",
            "BenchCommand$OfScaleGmn",
            "BenchCommand$OfTrain",
            "BenchZooCommand",
            "BundledBench",
            "BundledCheck",
            "BundledProgram",
            "GpuCommand$OfBench",
            "GpuCommand$OfBundle",
            "GpuCommand$OfCheck",
            // Gradzoo.config() and ConfigKeys.
            "ConfigCommand$Keys",
            "ConfigCommand$Show",
            // Of the command line itself.
            "CompletionCommand",
            "GradzooCommand",
            "ShellCommand");
    noClasses()
        .that()
        .resideInAPackage(CLI)
        .should()
        .dependOnClassesThat(assignableTo(TableStore.class))
        .because("tables are read by steps")
        .check(Code.ALL);
  }

  /**
   * {@code --estimate}, {@code --on-other-members}, {@code --only} and {@code --network} make other
   * steps.
   */
  private static final int VARIANTS = 4;

  private static int commandsOnSpark() {
    return (int)
        Code.ALL.stream()
            .filter(type -> type.isAssignableTo(CLI + ".SparkCommand"))
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .count();
  }

  private static Set<String> steps() {
    return Stream.of("Gradzoo", "ZooSteps", "RunSteps")
        .map(name -> Code.ALL.get(FACADE + "." + name))
        .map(JavaClass::getMethods)
        .flatMap(Set::stream)
        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
        .filter(method -> method.getRawReturnType().isEquivalentTo(StepResult.class))
        .map(FacadeRulesTest::name)
        .collect(toCollection(TreeSet::new));
  }

  private static String name(JavaMethod method) {
    return method.getOwner().getSimpleName() + "." + method.getName();
  }
}
