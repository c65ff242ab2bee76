package io.gradzoo.engine.network.transformer;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/** One block on the residual stream of a sequence, with the buffers of its own. */
final class BlockStage {
  private final Kernels kernels;
  private final HiddenActivation activation;
  private final int width;
  private final int hidden;
  private final NormStage norm1;
  private final LinearStage query;
  private final LinearStage key;
  private final LinearStage value;
  private final AttentionStage attention;
  private final LinearStage output;
  private final NormStage norm2;
  private final LinearStage up;
  private final LinearStage down;

  private final float[] attended;
  private final float[] queries;
  private final float[] keys;
  private final float[] values;
  private final float[] merged;
  private final float[] read;
  private final float[] raised;
  private final float[] activated;
  private final float[] added;

  BlockStage(Kernels kernels, TransformerArchitecture architecture, BlockLayers layers) {
    this.kernels = kernels;
    int positions = architecture.positions();
    activation = architecture.activation();
    width = architecture.width();
    hidden = architecture.hidden();
    norm1 = new NormStage(layers.norm1(), positions);
    query = new LinearStage(kernels, layers.query(), positions);
    key = new LinearStage(kernels, layers.key(), positions);
    value = new LinearStage(kernels, layers.value(), positions);
    attention = new AttentionStage(architecture);
    output = new LinearStage(kernels, layers.output(), positions);
    norm2 = new NormStage(layers.norm2(), positions);
    up = new LinearStage(kernels, layers.up(), positions);
    down = new LinearStage(kernels, layers.down(), positions);
    attended = new float[positions * width];
    queries = new float[positions * width];
    keys = new float[positions * width];
    values = new float[positions * width];
    merged = new float[positions * width];
    read = new float[positions * width];
    raised = new float[positions * hidden];
    activated = new float[positions * hidden];
    added = new float[positions * width];
  }

  List<LinearStage> maps() {
    return List.of(query, key, value, output, up, down);
  }

  List<NormStage> norms() {
    return List.of(norm1, norm2);
  }

  /** x [tokens, width] becomes the block's output. */
  void forward(int tokens, float[] x) {
    norm1.forward(tokens, x, attended);
    query.forward(tokens, attended, queries);
    key.forward(tokens, attended, keys);
    value.forward(tokens, attended, values);
    attention.forward(tokens, queries, keys, values, merged);
    output.forward(tokens, merged, added);
    kernels.add(added, 0, x, 0, tokens * width);

    norm2.forward(tokens, x, read);
    up.forward(tokens, read, raised);
    for (int i = 0; i < tokens * hidden; i++) {
      activated[i] = (float) activation.value(raised[i]);
    }
    down.forward(tokens, activated, added);
    kernels.add(added, 0, x, 0, tokens * width);
  }

  /** dx [tokens, width], the loss's derivative by the output, becomes that by the input. */
  void backward(int tokens, float[] dx, Gradients to) {
    to.clear();
    down.backward(tokens, dx, to.hidden);
    for (int i = 0; i < tokens * hidden; i++) {
      to.hidden[i] *= (float) activation.derivative(raised[i]);
    }
    up.backward(tokens, to.hidden, to.read);
    norm2.backward(tokens, to.read, dx);

    output.backward(tokens, dx, to.merged);
    attention.backward(tokens, to.merged, to.queries, to.keys, to.values);
    query.backward(tokens, to.queries, to.attended);
    key.backward(tokens, to.keys, to.attended);
    value.backward(tokens, to.values, to.attended);
    norm1.backward(tokens, to.attended, dx);
  }

  /** Derivatives on the way back, shared by all blocks. */
  static final class Gradients {
    private final float[] hidden;
    private final float[] read;
    private final float[] merged;
    private final float[] queries;
    private final float[] keys;
    private final float[] values;
    private final float[] attended;

    Gradients(TransformerArchitecture architecture) {
      int residual = architecture.positions() * architecture.width();
      hidden = new float[architecture.positions() * architecture.hidden()];
      read = new float[residual];
      merged = new float[residual];
      queries = new float[residual];
      keys = new float[residual];
      values = new float[residual];
      attended = new float[residual];
    }

    private void clear() {
      Arrays.fill(hidden, 0f);
      Arrays.fill(read, 0f);
      Arrays.fill(merged, 0f);
      Arrays.fill(queries, 0f);
      Arrays.fill(keys, 0f);
      Arrays.fill(values, 0f);
      Arrays.fill(attended, 0f);
    }
  }
}
