package io.gradzoo.datasets.format;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Checks a safetensors file from its first byte to its last and takes its tensors out. */
final class SafetensorsParser {
  private static final String FIX = "write the file again with a safetensors library";

  /** The limit of the reference implementation. */
  private static final long LONGEST_HEADER = 100_000_000;

  private final Place place;
  private final byte[] bytes;

  SafetensorsParser(Place place, byte[] bytes) {
    this.place = place;
    this.bytes = bytes;
  }

  Safetensors parse() {
    int headerLength = headerLength();
    SafetensorsHeader header = SafetensorsHeader.parse(place, headerText(headerLength), Long.BYTES);
    int dataStart = Long.BYTES + headerLength;
    requireGapless(header.tensors(), bytes.length - dataStart);
    TreeMap<String, FloatTensor> tensors = new TreeMap<>();
    for (SafetensorsHeader.Entry entry : header.tensors()) {
      ByteBuffer data =
          ByteBuffer.wrap(bytes)
              .order(ByteOrder.LITTLE_ENDIAN)
              .position(dataStart + (int) entry.begin());
      float[] values = new float[(int) (entry.end() - entry.begin()) / entry.type().bytes()];
      entry.type().decode(data, values, 0, values.length);
      tensors.put(entry.name(), new FloatTensor(entry.shape(), values));
    }
    return new Safetensors(header.metadata(), tensors);
  }

  private int headerLength() {
    if (bytes.length < Long.BYTES) {
      throw place.fault("at least 8 bytes", bytes.length + "", "fetch the file again");
    }
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long most = Math.min(LONGEST_HEADER, bytes.length - Long.BYTES);
    if (length < 2 || length > most) {
      throw place
          .atByte(0)
          .fault("a header of 2 to " + most + " bytes", Long.toUnsignedString(length), FIX);
    }
    return (int) length;
  }

  private String headerText(int length) {
    try {
      ByteBuffer text = ByteBuffer.wrap(bytes, Long.BYTES, length);
      return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException e) {
      throw place.atByte(Long.BYTES).fault("a header in UTF-8", "other bytes", FIX);
    }
  }

  /** In order of offset, each tensor must begin where the last ended, and the last end the file. */
  private void requireGapless(List<SafetensorsHeader.Entry> tensors, long dataBytes) {
    List<SafetensorsHeader.Entry> inOrder = new ArrayList<>(tensors);
    inOrder.sort(
        Comparator.comparingLong(SafetensorsHeader.Entry::begin)
            .thenComparingLong(SafetensorsHeader.Entry::end));
    long expected = 0;
    for (SafetensorsHeader.Entry entry : inOrder) {
      if (entry.begin() != expected) {
        throw offsets(
            "tensor " + Place.quote(entry.name()) + " to begin at " + expected,
            entry.begin() + (entry.begin() > expected ? " (a gap)" : " (an overlap)"));
      }
      expected = entry.end();
    }
    if (expected != dataBytes) {
      throw offsets(expected + " bytes of tensors", Long.toString(dataBytes));
    }
  }

  private DataException offsets(String expected, String found) {
    return place.fault(expected, found, "the file is damaged or cut short: fetch it again");
  }
}
