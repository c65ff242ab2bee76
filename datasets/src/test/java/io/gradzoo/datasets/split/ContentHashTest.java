package io.gradzoo.datasets.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContentHashTest {
  @Test
  void anArrayHashesAsItsLittleEndianBytes() {
    // hashlib.sha256(struct.pack('<3f', 1.5, -0.0, 1.4e-45)).hexdigest()
    assertThat(ContentHash.of(new float[] {1.5f, -0f, 1.4e-45f}))
        .isEqualTo("9bfd7536bd6f91b7c0c2f8ad6f3430e7fbbe7aabab695fc82c03af03c41bc813");
  }

  @Test
  void textHashesAsItsUtf8Bytes() {
    // The empty message of FIPS 180-4's examples.
    assertThat(ContentHash.of(""))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void tableRowsHashAsDocumentedWhateverTheirOrder() {
    byte[] first =
        new ContentHash.Row().add("a").add(1L).add(0.5).add(new float[] {1, 2}).addNull().hash();
    byte[] second =
        new ContentHash.Row().add("b").add(-2L).add(0.25).add(new float[0]).addNull().hash();

    // Computed by a program in Python.
    String expected = "f67f98212f8c8e2f814ef2790a67b3dd7c5f0cfc96e57d58a4c87788682ee4af";
    assertThat(ContentHash.ofRows(List.of(first, second))).isEqualTo(expected);
    assertThat(ContentHash.ofRows(List.of(second, first))).isEqualTo(expected);
    assertThat(ContentHash.ofRows(List.of(first, second, second))).isNotEqualTo(expected);
  }

  @Test
  void movingTextBetweenCellsChangesTheHash() {
    byte[] one = new ContentHash.Row().add("ab").add("c").hash();
    byte[] other = new ContentHash.Row().add("a").add("bc").hash();

    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void oneBitOfALongArrayChangesTheHash() {
    float[] values = new float[5000];
    String before = ContentHash.of(values);
    values[4999] = -0f;

    assertThat(ContentHash.of(values)).isNotEqualTo(before);
  }
}
