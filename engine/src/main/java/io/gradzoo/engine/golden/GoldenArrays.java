package io.gradzoo.engine.golden;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stored double-precision arrays of an independent implementation, by name. */
public final class GoldenArrays {
  private final String index;
  private final byte[] numbers;

  /**
   * @param index JSON with an offset and a shape for each name
   * @param numbers float64, little-endian
   */
  public GoldenArrays(String index, byte[] numbers) {
    this.index = index;
    this.numbers = numbers.clone();
  }

  /** Whether there is an array of that name. */
  boolean contains(String name) {
    return entry(name).find();
  }

  /** The array of that name, row-major. */
  public double[] array(String name) {
    Matcher entry = entry(name);
    if (!entry.find()) {
      throw new IllegalArgumentException("no golden array " + name);
    }
    int offset = Integer.parseInt(entry.group(1));
    int count = 1;
    for (String size : entry.group(2).split(",", -1)) {
      count *= Integer.parseInt(size.strip());
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = number(Double.BYTES * (offset + i));
    }
    return values;
  }

  private Matcher entry(String name) {
    return Pattern.compile(
            "\"" + name + "\":\\s*\\{\\s*\"offset\":\\s*(\\d+),\\s*\"shape\":\\s*\\[([^\\]]*)\\]")
        .matcher(index);
  }

  private double number(int at) {
    long bits = 0;
    for (int i = Double.BYTES - 1; i >= 0; i--) {
      bits = bits << Byte.SIZE | Byte.toUnsignedLong(numbers[at + i]);
    }
    return Double.longBitsToDouble(bits);
  }
}
