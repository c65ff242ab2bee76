package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.gradient.transformer.TokenFeatures;
import io.gradzoo.engine.network.transformer.Space;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import java.util.List;

/**
 * All neurons of a transformer in one row, space after space (GradMetaNet App. B.2). A neuron's row
 * of features has columns for the channels of every kind of space, zero but for its own kind: the
 * first layer's matrices are then a matrix for each kind.
 *
 * @param spaces of the transformer
 * @param blocks number of blocks
 */
record TransformerNeurons(List<Space> spaces, int blocks) {

  static TransformerNeurons of(TransformerArchitecture architecture) {
    return new TransformerNeurons(architecture.layout().spaces(), architecture.blocks());
  }

  /** Number N of all neurons. */
  int size() {
    return spaces.stream().mapToInt(Space::width).sum();
  }

  /** Index of a space's first neuron. */
  int offset(Space space) {
    return spaces.subList(0, spaces.indexOf(space)).stream().mapToInt(Space::width).sum();
  }

  /** Column of the first channel of a kind of space. */
  static int column(Space.Kind kind, int blocks) {
    int column = 0;
    for (Space.Kind before : Space.Kind.values()) {
      if (before == kind) {
        break;
      }
      column += TokenFeatures.channels(before, blocks);
    }
    return column;
  }

  /** Columns of a row without its code. */
  static int columns(int blocks) {
    int columns = 0;
    for (Space.Kind kind : Space.Kind.values()) {
      columns += TokenFeatures.channels(kind, blocks);
    }
    return columns;
  }

  /**
   * Sinusoidal codes [N, codeWidth] that tell apart the groups of all spaces, and so the heads of a
   * block (App. B.3), but not the neurons of a group.
   */
  float[] positionCodes(int codeWidth) {
    float[] codes = new float[size() * codeWidth];
    int row = 0;
    int id = 0;
    for (Space space : spaces) {
      for (int i = 0; i < space.width(); i++, row++) {
        NeuronSpace.writeCode(id + i / space.groupWidth(), codeWidth, codes, row);
      }
      id += space.groups();
    }
    return codes;
  }
}
