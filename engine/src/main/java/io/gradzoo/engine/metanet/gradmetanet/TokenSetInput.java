package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.transformer.TokenFeatures;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.transformer.NamedTensor;
import io.gradzoo.engine.network.transformer.Space;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.network.transformer.TransformerLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The inputs of a {@link TransformerGradMetaNet} on a tape: tokens of all sequences as elements of
 * one set (GradMetaNet App. B.3), and the transformer's own parameters where they are read.
 */
final class TokenSetInput {
  private final TransformerArchitecture architecture;
  private final TransformerNeurons neurons;
  private final TransformerLayout layout;
  private final int setSize;
  private final int rowWidth;
  private final int columns;
  private final int numbers;
  private final Tensor features;
  private final List<Tensor> theta = new ArrayList<>();
  private final float[] codes;
  private final boolean[] coded;

  TokenSetInput(Tape tape, TransformerArchitecture architecture, GradMetaNetConfig config) {
    this.architecture = architecture;
    this.neurons = TransformerNeurons.of(architecture);
    this.layout = architecture.layout();
    this.setSize = config.setSize();
    this.columns = TransformerNeurons.columns(architecture.blocks());
    this.rowWidth = columns + config.positionWidth();
    this.numbers = setSize * TokenFeatures.width(architecture);
    this.codes = neurons.positionCodes(config.positionWidth());
    this.coded = new boolean[tape.capacity()];
    this.features = tape.input(setSize * neurons.size(), rowWidth);
    if (config.head().theta() == GradMetaNetConfig.ThetaInput.PARAMETERS) {
      for (NamedTensor tensor : layout.tensors()) {
        theta.add(tape.input(tensor.size(), 1));
      }
    }
  }

  /** [setSize · N, columns + P]. */
  Tensor features() {
    return features;
  }

  /** The numbers of a named tensor, [size, 1], or null where they are not read. */
  Tensor theta(int tensor) {
    return theta.isEmpty() ? null : theta.get(tensor);
  }

  /** Writes an example: token features, and the flat parameters where they are read. */
  void write(int slot, ExampleParts example) {
    if (example.features().length != numbers) {
      throw Fault.of("token set of " + architecture)
          .expected(setSize + " tokens in " + numbers + " numbers")
          .found(example.features().length)
          .exception();
    }
    if (!coded[slot]) {
      writeCodes(slot);
      coded[slot] = true;
    }
    writeFeatures(slot, example.features());
    for (int i = 0; i < theta.size(); i++) {
      NamedTensor tensor = layout.tensors().get(i);
      System.arraycopy(
          example.weights(),
          tensor.offset(),
          theta.get(i).values(),
          slot * tensor.size(),
          tensor.size());
    }
  }

  private void writeFeatures(int slot, float[] example) {
    float[] x = features.values();
    int row = slot * setSize * neurons.size();
    int from = 0;
    for (int element = 0; element < setSize; element++) {
      for (Space space : neurons.spaces()) {
        int channels = TokenFeatures.channels(space.kind(), neurons.blocks());
        int column = TransformerNeurons.column(space.kind(), neurons.blocks());
        for (int i = 0; i < space.width(); i++, row++, from += channels) {
          System.arraycopy(example, from, x, row * rowWidth + column, channels);
        }
      }
    }
  }

  /** The codes of a slot never change: no operation writes to inputs. */
  private void writeCodes(int slot) {
    int codeWidth = rowWidth - columns;
    int rows = setSize * neurons.size();
    for (int row = 0; row < rows; row++) {
      int at = (slot * rows + row) * rowWidth + columns;
      System.arraycopy(codes, row % neurons.size() * codeWidth, features.values(), at, codeWidth);
    }
  }
}
