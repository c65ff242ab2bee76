package io.gradzoo.datasets.network;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.FloatTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A constant of an ONNX graph: numbers of float32, or whole numbers, which shapes are.
 *
 * @param name empty of an attribute
 * @param floats null of another type
 * @param integers empty of another type
 */
record OnnxTensor(String name, FloatTensor floats, List<Long> integers) {
  private static final int FLOAT32 = 1;
  private static final int INT64 = 7;
  private static final int MOST_AXES = 8;
  private static final String FIX = "export the model in float32, in one file";

  OnnxTensor {
    integers = List.copyOf(integers);
  }

  static OnnxTensor read(Place place, ProtobufInput in) {
    List<Long> dims = new ArrayList<>();
    long type = 0;
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
        case 7 -> integers.addAll(in.integers());
        case 8 -> name = in.text();
        case 9 -> raw = in.content();
        case 13, 14 -> throw place.fault("numbers in the file", "external data", FIX);
        default -> in.skip();
      }
    }
    raw.order(ByteOrder.LITTLE_ENDIAN);
    if (type == FLOAT32) {
      float[] values = single.isEmpty() ? floats(place, raw) : floats(single);
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

  private static float[] floats(Place place, ByteBuffer raw) {
    if (raw.remaining() % Float.BYTES != 0) {
      throw place.fault("numbers of 4 bytes", raw.remaining() + " bytes", "fetch the file again");
    }
    float[] values = new float[raw.remaining() / Float.BYTES];
    raw.asFloatBuffer().get(values);
    return values;
  }

  private static float[] floats(List<Float> single) {
    float[] values = new float[single.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = single.get(i);
    }
    return values;
  }
}
