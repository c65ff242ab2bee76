package io.gradzoo.datasets.network;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.CsvRows;
import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.format.Unpacking;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A network as rows {@code tensor,index,value}: the numbers of each tensor in row-major order,
 * counted from 0. The tensors have no shape here but their count.
 */
final class CsvNetwork {
  private static final String FIX = "write a row tensor,index,value for each number, in order";

  private CsvNetwork() {}

  static StoredNetwork read(Place place, Path file) {
    SortedMap<String, GrowingFloats> tensors = new TreeMap<>();
    try (InputStream in = Unpacking.open(place, file)) {
      CsvRows rows = new CsvRows(place, in);
      int tensor = rows.column("tensor");
      int index = rows.column("index");
      int value = rows.column("value");
      for (Optional<String[]> row = rows.next(); row.isPresent(); row = rows.next()) {
        String[] cells = row.get();
        GrowingFloats numbers = tensors.computeIfAbsent(cells[tensor], name -> new GrowingFloats());
        if (!cells[index].equals(Integer.toString(numbers.count))) {
          throw rows.here().fault("index " + numbers.count, Place.quote(cells[index]), FIX);
        }
        numbers.add(number(rows, cells[value]));
      }
    } catch (IOException e) {
      throw place.unreadable(e);
    }
    if (tensors.isEmpty()) {
      throw place.fault("a number", "none", FIX);
    }
    SortedMap<String, FloatTensor> read = new TreeMap<>();
    tensors.forEach((name, numbers) -> read.put(name, FloatTensor.of(numbers.all())));
    return StoredNetwork.of(read);
  }

  /** Rounded once, from the decimal digits to float32: so what Java and numpy write reads back. */
  private static float number(CsvRows rows, String cell) {
    Double number = rows.number("value", cell);
    if (number == null) {
      throw rows.here().fault("a number", "an empty cell", FIX);
    }
    return number.isNaN() || number.isInfinite() ? number.floatValue() : Float.parseFloat(cell);
  }

  /** GrowingFloats that come one by one. */
  private static final class GrowingFloats {
    private float[] values = new float[64];
    private int count;

    void add(float value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }

    float[] all() {
      return Arrays.copyOf(values, count);
    }
  }
}
