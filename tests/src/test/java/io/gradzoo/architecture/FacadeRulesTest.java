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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
