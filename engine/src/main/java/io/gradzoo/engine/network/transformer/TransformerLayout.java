package io.gradzoo.engine.network.transformer;

import io.gradzoo.engine.network.transformer.TransformerLayer.Embedding;
import io.gradzoo.engine.network.transformer.TransformerLayer.LinearMap;
import io.gradzoo.engine.network.transformer.TransformerLayer.Normalization;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages of a transformer in the order of its flat parameter vector, and the neuron spaces they
 * join.
 */
public final class TransformerLayout {
  private final Space vocabulary;
  private final Space positions;
  private final Space residual;
  private final Space outputs;
  private final List<Space> spaces = new ArrayList<>();
  private final List<TransformerLayer> layers = new ArrayList<>();
  private final Embedding tokenTable;
  private final Embedding positionTable;
  private final List<BlockLayers> blocks = new ArrayList<>();
  private final Normalization finalNorm;
  private final LinearMap head;
  private int size;

  TransformerLayout(TransformerArchitecture architecture) {
    vocabulary = space(Space.Kind.VOCABULARY, 0, architecture.vocabulary(), 1);
    positions = space(Space.Kind.POSITIONS, 0, architecture.positions(), 1);
    residual = space(Space.Kind.RESIDUAL, 0, 1, architecture.width());
    tokenTable = add(new Embedding(layers.size(), "token", vocabulary, residual, size));
    positionTable = add(new Embedding(layers.size(), "position", positions, residual, size));
    for (int block = 0; block < architecture.blocks(); block++) {
      blocks.add(block(architecture, block));
    }
    outputs = space(Space.Kind.OUTPUTS, 0, architecture.outputs(), 1);
    finalNorm = norm("norm");
    head = map("head", residual, outputs);
  }

  /** All neuron spaces: vocabulary, positions, residual, those of each block, outputs. */
  public List<Space> spaces() {
    return List.copyOf(spaces);
  }

  /** All stages in the order of the flat vector. */
  public List<TransformerLayer> layers() {
    return List.copyOf(layers);
  }

  /** All named tensors in the order of the flat vector, without gaps. */
  public List<NamedTensor> tensors() {
    return layers.stream().flatMap(layer -> layer.tensors().stream()).toList();
  }

  /** Length of the flat parameter vector. */
  public int parameterCount() {
    return size;
  }

  /** The residual stream. */
  public Space residual() {
    return residual;
  }

  /** Token embedding [vocabulary, width]. */
  public Embedding tokenTable() {
    return tokenTable;
  }

  /** Position embedding [positions, width]. */
  public Embedding positionTable() {
    return positionTable;
  }

  /** The stages of each block. */
  public List<BlockLayers> blocks() {
    return List.copyOf(blocks);
  }

  /** LayerNorm before the head. */
  public Normalization finalNorm() {
    return finalNorm;
  }

  /** The map to the outputs. */
  public LinearMap head() {
    return head;
  }

  private BlockLayers block(TransformerArchitecture architecture, int block) {
    int heads = architecture.heads();
    int headWidth = architecture.width() / heads;
    Space keys = space(Space.Kind.KEYS, block, heads, headWidth);
    Space values = space(Space.Kind.VALUES, block, heads, headWidth);
    Space hidden = space(Space.Kind.HIDDEN, block, 1, architecture.hidden());
    String name = "block" + block + ".";
    return new BlockLayers(
        norm(name + "norm1"),
        map(name + "query", residual, keys),
        map(name + "key", residual, keys),
        map(name + "value", residual, values),
        map(name + "output", values, residual),
        norm(name + "norm2"),
        map(name + "up", residual, hidden),
        map(name + "down", hidden, residual));
  }

  private LinearMap map(String name, Space in, Space out) {
    return add(new LinearMap(layers.size(), name, in, out, size));
  }

  private Normalization norm(String name) {
    return add(new Normalization(layers.size(), name, residual, size));
  }

  private Space space(Space.Kind kind, int block, int groups, int groupWidth) {
    Space space = new Space(kind, block, groups, groupWidth);
    spaces.add(space);
    return space;
  }

  private <L extends TransformerLayer> L add(L layer) {
    layers.add(layer);
    size = Math.addExact(size, layer.size());
    return layer;
  }
}
