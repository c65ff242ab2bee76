package io.gradzoo.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.engine.optimize.Adam;
import io.gradzoo.engine.optimize.AdamW;
import io.gradzoo.engine.optimize.GlobalNormClip;
import io.gradzoo.engine.optimize.Optimizer;
import io.gradzoo.engine.optimize.OuterOptimizer;
import io.gradzoo.engine.optimize.RmsProp;
import io.gradzoo.engine.optimize.Sgd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of real PyTorch's optimizers, in double, which {@code optimizers.py} printed. */
class TorchOptimizersTest {
  private static final double RATE = 0.01;
  private static final JsonNode TORCH = read();
  private static final int SIZE = TORCH.get("start").size();

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of("sgd", new Sgd(SIZE), Double.MAX_VALUE),
        Arguments.of("rmsprop", new RmsProp(SIZE), Double.MAX_VALUE),
        Arguments.of("adam", new Adam(SIZE), Double.MAX_VALUE),
        Arguments.of("adamw", new AdamW(SIZE, 0.05), Double.MAX_VALUE),
        Arguments.of("adamw, clipped", new AdamW(SIZE, 0.05), 2.0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void stepsAreThoseOfPyTorch(String rule, Optimizer optimizer, double longest) {
    float[] parameters = floats(TORCH.get("start"));
    GlobalNormClip clip = new GlobalNormClip(longest);
    for (JsonNode step : TORCH.get("gradients")) {
      float[] gradient = floats(step);
      clip.apply(gradient);
      optimizer.step(parameters, gradient, RATE);
    }
    assertClose(parameters, rule);
  }

  @Test
  void theOuterOptimizerIsPyTorchsNesterovMomentum() {
    float[] parameters = floats(TORCH.get("start"));
    OuterOptimizer outer = new OuterOptimizer(RATE, 0.9);
    float[] velocity = new float[outer.velocities(SIZE)];
    for (JsonNode step : TORCH.get("gradients")) {
      float[] gradient = floats(step);
      float[] averaged = new float[SIZE];
      for (int i = 0; i < SIZE; i++) {
        averaged[i] = parameters[i] - gradient[i];
      }
      outer.step(parameters, averaged, velocity);
      parameters = averaged;
    }
    assertClose(parameters, "nesterov");
  }

  private static void assertClose(float[] parameters, String rule) {
    float[] expected = floats(TORCH.get(rule));
    for (int i = 0; i < SIZE; i++) {
      float close = 3e-6f * Math.max(1, Math.abs(expected[i]));
      assertThat(parameters[i]).as("number %d", i).isCloseTo(expected[i], within(close));
    }
  }

  private static float[] floats(JsonNode numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers.get(i).asDouble();
    }
    return values;
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper()
          .readTree(Files.readString(Path.of("src/test/resources/python/optimizers.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
