package io.gradzoo.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What holds of the names of types. */
class NamesTest {

  @Test
  void aNameStandsForOneType() {
    assertThat(sharedNames())
        .as("types that share a simple name; give each a name of its own")
        .isEmpty();
  }

  @Test
  void ofIsAStaticFactory() {
    methods()
        .that()
        .haveName("of")
        .and()
        .doNotHaveRawParameterTypes(new Class<?>[0]) // components of records
        .should()
        .beStatic()
        .because("a method that applies something to its argument is named by a verb")
        .check(Code.ALL);
  }

  /** The full names of the types that share a simple name, by that name. */
  private static Map<String, List<String>> sharedNames() {
    Map<String, List<String>> names =
        Code.ALL.stream()
            .filter(type -> !type.isAnonymousClass() && !type.getSimpleName().isEmpty())
            .collect(
                groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    mapping(JavaClass::getFullName, toList())));
    assertThat(names).as("the compiled modules").hasSizeGreaterThan(400);
    names.remove("package-info");
    names.values().removeIf(types -> types.size() == 1);
    return names;
  }
}
