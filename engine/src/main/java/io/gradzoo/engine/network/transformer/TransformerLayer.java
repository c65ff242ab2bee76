package io.gradzoo.engine.network.transformer;

import java.util.List;

/** One stage of a transformer that has parameters, with its place in the flat vector. */
public sealed interface TransformerLayer {

  /** Position among the stages, from 0. */
  int index();

  /** Dotted path such as {@code block0.query}. */
  String name();

  /** Neurons it reads. */
  Space in();

  /** Neurons it writes. */
  Space out();

  /** Index of its first number in the flat vector. */
  int offset();

  /** Its tensors, in order and without gaps. */
  List<NamedTensor> tensors();

  /** Count of its numbers. */
  default int size() {
    return tensors().stream().mapToInt(NamedTensor::size).sum();
  }

  /** Affine map {@code y = W x + b} of every token: weight [out, in], then bias [out]. */
  record LinearMap(int index, String name, Space in, Space out, int offset)
      implements TransformerLayer {
    /** Index of the first bias. */
    public int biasOffset() {
      return offset + out.width() * in.width();
    }

    @Override
    public List<NamedTensor> tensors() {
      return List.of(
          new NamedTensor(name + ".weight", offset, out.width(), in.width()),
          new NamedTensor(name + ".bias", biasOffset(), 1, out.width()));
    }
  }

  /**
   * LayerNorm of every token, {@code y = gain ⊙ x̂ + offset}: gain [width], then offset [width]. It
   * reads and writes the same space.
   */
  record Normalization(int index, String name, Space out, int offset) implements TransformerLayer {
    @Override
    public Space in() {
      return out;
    }

    /** Index of the first offset. */
    public int shiftOffset() {
      return offset + out.width();
    }

    @Override
    public List<NamedTensor> tensors() {
      return List.of(
          new NamedTensor(name + ".gain", offset, 1, out.width()),
          new NamedTensor(name + ".offset", shiftOffset(), 1, out.width()));
    }
  }

  /** Table [in, out] of which every token reads one row. */
  record Embedding(int index, String name, Space in, Space out, int offset)
      implements TransformerLayer {
    @Override
    public List<NamedTensor> tensors() {
      return List.of(new NamedTensor(name + ".table", offset, in.width(), out.width()));
    }
  }
}
