package io.gradzoo.e2e;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The params of stages as PySpark's wrappers declare them, generated from the Java side. */
final class PythonStages {
  private static final Map<String, String> CONVERTERS =
      Map.of("IntParam", "toInt", "LongParam", "toInt", "DoubleParam", "toFloat");

  private PythonStages() {}

  /**
   * The text of {@code params.py}.
   *
   * @param params interfaces that declare params
   * @param stage that has all of them
   */
  static String text(List<Class<?>> params, Params stage) {
    StringBuilder text =
        new StringBuilder(
            """
            \"""Params of the stages. Generated from the Java side by PythonStagesTest; do not edit.\"""

            from pyspark.ml.param import Param, Params, TypeConverters
            """);
    for (Class<?> each : params) {
      text.append("\n\nclass " + each.getSimpleName() + "(Params):\n");
      declared(each).forEach(method -> declare(method, stage.getParam(method.getName()), text));
      declared(each).forEach(method -> access(each, method.getName(), text));
    }
    return text.toString();
  }

  /** What declares a param, by name. */
  static List<Method> declared(Class<?> params) {
    return Arrays.stream(params.getDeclaredMethods())
        .filter(method -> method.getParameterCount() == 0)
        .filter(method -> Param.class.isAssignableFrom(method.getReturnType()))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  private static void declare(Method method, Param<?> param, StringBuilder text) {
    String converter = CONVERTERS.getOrDefault(method.getReturnType().getSimpleName(), "toString");
    text.append(
        """
            %1$s = Param(
                Params._dummy(),
                "%1$s",
                "%2$s",
                typeConverter=TypeConverters.%3$s,
            )
        """
            .formatted(param.name(), param.doc(), converter));
  }

  private static void access(Class<?> params, String name, StringBuilder text) {
    String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    boolean lines =
        Arrays.stream(params.getMethods())
            .filter(method -> method.getName().equals("get" + capital))
            .anyMatch(method -> method.getReturnType().isArray());
    text.append(
        (lines
                ? """

                    def get%1$s(self):
                        return self.getOrDefault(self.%2$s).splitlines()

                    def set%1$s(self, *lines):
                        return self._set(%2$s="\\n".join(lines))
                """
                : """

                    def get%1$s(self):
                        return self.getOrDefault(self.%2$s)

                    def set%1$s(self, value):
                        return self._set(%2$s=value)
                """)
            .formatted(capital, name));
  }
}
