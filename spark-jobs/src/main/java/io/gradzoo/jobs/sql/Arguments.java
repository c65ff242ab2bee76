package io.gradzoo.jobs.sql;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.jobs.GradzooException;
import java.util.List;
import java.util.function.Supplier;
import scala.collection.Seq;

/** Arguments of functions as Spark gives them. */
final class Arguments {
  private Arguments() {}

  /**
   * Does the work of a function.
   *
   * @throws GradzooException exit code 3 naming the function, if an argument is none of its kind
   */
  static <R> R checked(String function, Supplier<R> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw GradzooException.data(
          Fault.of(function).because(e).fix("columns of one row of Gradzoo's tables"), e);
    }
  }

  /** A network of dense and convolution layers. */
  static LayeredArchitecture architecture(Object text) {
    return LayeredArchitecture.from(Architectures.parse(text(text)));
  }

  /** A layer that has parameters, counted from 0. */
  static AffineLayer layer(LayeredArchitecture architecture, Object index) {
    List<AffineLayer> layers = architecture.affineLayers();
    int layer = whole(index);
    if (layer < 0 || layer >= layers.size()) {
      throw Fault.of("layer")
          .expected("0…%d of %s", layers.size() - 1, architecture)
          .found(layer)
          .exception();
    }
    return layers.get(layer);
  }

  /** The flat parameters of a network. */
  static float[] parameters(LayeredArchitecture architecture, Object numbers) {
    float[] parameters = floats(numbers);
    if (parameters.length != architecture.parameterCount()) {
      throw Fault.of("parameters")
          .expected("%d numbers of %s", architecture.parameterCount(), architecture)
          .found(parameters.length)
          .exception();
    }
    return parameters;
  }

  /** A text. */
  static String text(Object argument) {
    return required(argument, String.class, "a text");
  }

  /** Numbers. */
  static float[] floats(Object argument) {
    Seq<?> numbers = elements(argument);
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = required(numbers.apply(i), Number.class, "numbers").floatValue();
    }
    return floats;
  }

  /** Whole numbers. */
  static int[] integers(Object argument) {
    Seq<?> numbers = elements(argument);
    int[] integers = new int[numbers.size()];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = whole(numbers.apply(i));
    }
    return integers;
  }

  /** What is in an array. */
  static Seq<?> elements(Object argument) {
    return required(argument, Seq.class, "an array");
  }

  private static int whole(Object argument) {
    Number number = required(argument, Number.class, "a whole number");
    if (number.intValue() != number.doubleValue()) {
      throw Fault.here().expected("a whole number").found(number).exception();
    }
    return number.intValue();
  }

  private static <T> T required(Object argument, Class<T> type, String words) {
    if (!type.isInstance(argument)) {
      throw Fault.here()
          .expected(words)
          .found(argument == null ? "null" : argument.getClass().getSimpleName())
          .exception();
    }
    return type.cast(argument);
  }
}
