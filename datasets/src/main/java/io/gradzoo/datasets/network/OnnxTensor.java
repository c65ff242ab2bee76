package io.gradzoo.datasets.network;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.ElementType;
import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.format.NdArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A constant of an ONNX graph: real numbers, rounded to float32, or whole numbers, which shapes
 * are.
 *
 * @param name empty of an attribute
 * @param floats null of another type
 * @param integers empty of another type
 */
record OnnxTensor(String name, FloatTensor floats, List<Long> integers) {
  private static final int FLOAT32 = 1;
  private static final int INT64 = 7;

  /** Types of real numbers that are stored as bytes. */
  private static final Map<Long, ElementType> REALS =
      Map.of(
          (long) FLOAT32,
          ElementType.FLOAT32,
          10L,
          ElementType.FLOAT16,
          11L,
          ElementType.FLOAT64,
          16L,
          ElementType.BFLOAT16);

  private static final int MOST_AXES = 8;
  private static final String FIX = "export the model in float32, in one file";

  OnnxTensor {
    integers = List.copyOf(integers);
  }

  static OnnxTensor read(Place place, ProtobufInput in) {
    List<Long> dims = new ArrayList<>();
    long type = 0;
    boolean other = false;
    String name = "";
    ByteBuffer raw = ByteBuffer.allocate(0);
    List<Float> single = new ArrayList<>();
    List<Long> integers = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> dims.addAll(in.integers());
        case 2 -> type = in.integer();
        case 4 -> {
          if (in.isBytes()) {
            raw = in.content();
          } else {
            single.add(in.real());
          }
        }
        case 5, 10 -> {
          // Numbers of other types that are not stored as bytes.
          other = true;
          in.skip();
        }
        case 7 -> integers.addAll(in.integers());
        case 8 -> name = in.text();
        case 9 -> raw = in.content();
        case 13, 14 -> throw place.fault("numbers in the file", "external data", FIX);
        default -> in.skip();
      }
    }
    raw.order(ByteOrder.LITTLE_ENDIAN);
    boolean real = REALS.containsKey(type) && (raw.hasRemaining() || !other);
    if (real) {
      float[] values = single.isEmpty() ? floats(place, REALS.get(type), raw) : floats(single);
      return new OnnxTensor(name, tensor(place, name, dims, values), List.of());
    }
    if (type == INT64) {
      while (raw.remaining() >= Long.BYTES) {
        integers.add(raw.getLong());
      }
    }
    return new OnnxTensor(name, null, integers);
  }

  private static FloatTensor tensor(Place place, String name, List<Long> dims, float[] values) {
    long count = 1;
    for (long size : dims) {
      count = size < 0 || count > values.length ? -1 : count * Math.min(size, Integer.MAX_VALUE);
      if (count < 0) {
        break;
      }
    }
    if (count != values.length || dims.size() > MOST_AXES) {
      throw place.fault(
          "as many numbers as the shape " + Place.quote(dims.toString()) + " has",
          values.length + " in tensor " + Place.quote(name),
          "fetch the file again");
    }
    return new FloatTensor(dims.stream().map(Math::toIntExact).toList(), values);
  }

  private static float[] floats(Place place, ElementType type, ByteBuffer raw) {
    int size = type.bytes();
    if (raw.remaining() % size != 0) {
      throw place.fault(
          "numbers of " + size + " bytes", raw.remaining() + " bytes", "fetch the file again");
    }
    byte[] bytes = new byte[raw.remaining()];
    raw.get(bytes);
    return NdArray.of(type, new int[] {bytes.length / size}, bytes).floats();
  }

  private static float[] floats(List<Float> single) {
    float[] values = new float[single.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = single.get(i);
    }
    return values;
  }
}
