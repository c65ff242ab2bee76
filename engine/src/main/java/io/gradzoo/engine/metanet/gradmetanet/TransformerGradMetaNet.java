package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.List;

/**
 * GradMetaNet on gradient sets of transformers (Gelberg et al., NeurIPS 2025, App. B): invariant to
 * the order of tokens and sequences, equivariant to permutations of the residual stream, of the
 * channels of each head, and of each feed-forward layer. Its parameters depend on the number of
 * blocks, whose copies of the residual stream are stacked, and on no width.
 *
 * <p>Its examples are token features of all sequences, followed by the flat parameters of the
 * transformer if the product layer reads them.
 */
public final class TransformerGradMetaNet implements Metanetwork {
  private final GradMetaNetConfig config;
  private final int blocks;
  private final ParameterLayout layout = new ParameterLayout();
  private final Trunk trunk;
  private final TransformerProduct product;
  private final Parameter vector;
  private final Parameter vectorBias;

  /**
   * For transformers of so many blocks.
   *
   * @param config with the number of sequences as the set size; each takes every position
   */
  public TransformerGradMetaNet(GradMetaNetConfig config, int blocks) {
    this.config = config;
    this.blocks = blocks;
    int width = config.width();
    int in = TransformerNeurons.columns(blocks) + config.positionWidth();
    trunk = Trunk.register(layout, config, in);
    if (config.head() instanceof GradMetaNetHead.Product head) {
      product = TransformerProduct.register(layout, blocks, width, head);
      vector = null;
      vectorBias = null;
    } else if (config.head() instanceof GradMetaNetHead.InvariantVector head) {
      product = null;
      vector = layout.add("vec.M", Initialization.linear(width), head.outputs(), width);
      vectorBias = layout.add("vec.b", Initialization.linear(width), head.outputs());
    } else {
      throw Fault.of("gradmetanet on transformers")
          .expected("a product or an invariant head")
          .found(config.head())
          .exception();
    }
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  /** One: a set of gradients is a batch in itself. */
  @Override
  public int groupSize(Architecture architecture) {
    return 1;
  }

  /**
   * Records the computation for transformers of one architecture. The outputs are one vector [1,
   * outputs]; or, with the product head, [size, outputs] for each named tensor of the transformer,
   * in the order of its layout.
   *
   * @throws IllegalArgumentException if it is no transformer, or has another number of blocks
   */
  @Override
  public Recording record(Tape tape, Architecture architecture) {
    TransformerArchitecture transformer = TransformerArchitecture.from(architecture);
    if (transformer.blocks() == blocks) {
      int tokens = Math.multiplyExact(config.setSize(), transformer.positions());
      return record(tape, transformer, config.withSetSize(tokens));
    }
    throw Fault.of("network " + architecture.id())
        .expected("a transformer of " + blocks + " blocks, as this GradMetaNet was built for")
        .found(transformer.blocks())
        .exception();
  }

  private Recording record(
      Tape tape, TransformerArchitecture architecture, GradMetaNetConfig sized) {
    TokenSetInput input = new TokenSetInput(tape, architecture, sized);
    Tensor h = trunk.apply(tape, input.features(), sized);
    List<Tensor> outputs =
        product == null
            ? List.of(
                tape.affine(vector.matrix(), vectorBias, config.reduction().overRows(tape, h)))
            : product.apply(tape, architecture, input, h);
    return new Recording(input::write, outputs);
  }
}
