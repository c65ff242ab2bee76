package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A recorded computation on batches of models of one layout. Operations are recorded once; {@link
 * #seal} gives every tensor its memory; after that {@link #forward} and {@link #backward} run as
 * often as wanted and allocate nothing.
 *
 * <p>An example: record {@code y = tape.linear(…, x)}, declare {@code tape.output(y)}, seal, write
 * {@code x.values()}, run forward, write {@code y.gradients()}, run backward: the gradients of the
 * parameters have been added to.
 */
public final class Tape {
  /** Whether a backward sweep will be run. */
  public enum Mode {
    /** Forward only: no gradients, dropout is the identity, memory is reused along the way. */
    INFERENCE,
    /** Forward and backward, dropout active. */
    TRAINING
  }

  private final Kernels kernels;
  private final Parameters parameters;
  private final int capacity;
  private final Mode mode;
  private List<Operation> recorded = new ArrayList<>();
  private List<Composition> compositions = List.of();
  private final List<Tensor> differentiable = new ArrayList<>();
  private final Set<Storage> pinned = new LinkedHashSet<>();
  private Operation[] operations;
  private float[][][] toClear;
  private int[][] clearSizes;
  private int models;
  private int dropouts;
  private long dropoutSeed;

  /**
   * @param parameters what the operations read and whose gradients they add to
   * @param capacity the most models of one pass
   */
  public Tape(Kernels kernels, Parameters parameters, int capacity, Mode mode) {
    this.kernels = kernels;
    this.parameters = parameters;
    this.capacity = capacity;
    this.mode = mode;
  }

  /** Declares an input [models, rows, width]. */
  public Tensor input(int rows, int width) {
    return pin(new Tensor(new Storage(rows * width, false), rows, width));
  }

  /** Declares an input whose gradient is wanted. */
  public Tensor differentiableInput(int rows, int width) {
    Tensor tensor = pin(new Tensor(new Storage(rows * width, mode == Mode.TRAINING), rows, width));
    if (mode == Mode.TRAINING) {
      differentiable.add(tensor);
    }
    return tensor;
  }

  /**
   * Declares a result: its values stay until the next pass, and its gradients are where a backward
   * sweep starts.
   */
  public Tensor output(Tensor tensor) {
    return pin(tensor);
  }

  /**
   * {@code y = W [x₁; x₂; …]}: W [out, in] applied to the inputs side by side; [rows, in] → [rows,
   * out].
   */
  public Tensor linear(Matrix weight, Tensor... inputs) {
    return affine(weight, null, 1f, inputs);
  }

  /** {@code y = W [x₁; x₂; …] + b}. */
  public Tensor affine(Matrix weight, Parameter bias, Tensor... inputs) {
    return affine(weight, bias, 1f, inputs);
  }

  /** {@code y = W [x₁; x₂; …] + factor · b}. */
  public Tensor affine(Matrix weight, Parameter bias, float biasFactor, Tensor... inputs) {
    int width = Arrays.stream(inputs).mapToInt(Tensor::width).sum();
    if (width != weight.columns()) {
      throw new IllegalArgumentException(
          "a map of " + weight.columns() + " inputs was given " + width);
    }
    Tensor y = Tensor.result(inputs[0].rows(), weight.rows(), mode == Mode.TRAINING);
    return record(new Linear(kernels, parameters, weight, bias, biasFactor, y, inputs));
  }

  /** {@code y = silu(gain ⊙ normalise(x) + shift)}, row by row. */
  public Tensor layerNormSilu(Tensor x, Parameter gain, Parameter shift) {
    Tensor y = Tensor.result(x.rows(), x.width(), mode == Mode.TRAINING);
    return record(new LayerNormSilu(kernels, capacity, parameters, gain, shift, y, x));
  }

  /**
   * {@code y = f(x + b) + f(b − x)} with {@code f(z) = silu(gain ⊙ normalise(z) + shift)}: even in
   * x.
   */
  public Tensor evenLayerNormSilu(Tensor x, Parameter bias, Parameter gain, Parameter shift) {
    Tensor y = Tensor.result(x.rows(), x.width(), mode == Mode.TRAINING);
    return record(new EvenLayerNormSilu(kernels, capacity, parameters, bias, gain, shift, y, x));
  }

  /** {@code y = x · σ(x)}. */
  public Tensor silu(Tensor x) {
    return record(new Pointwise(kernels, Pointwise.Function.SILU, like(x), x));
  }

  /** {@code y = max(x, 0)}. */
  public Tensor relu(Tensor x) {
    return record(new Pointwise(kernels, Pointwise.Function.RELU, like(x), x));
  }

  /** {@code y = |x|}. */
  public Tensor abs(Tensor x) {
    return record(new Pointwise(kernels, Pointwise.Function.ABS, like(x), x));
  }

  /** {@code y = x / (‖x‖ + 1e-10)}, row by row. */
  public Tensor unitNorm(Tensor x) {
    return record(new UnitNorm(kernels, capacity, like(x), x));
  }

  /** {@code y = x / ‖x‖²}, row by row; zero for a zero row. */
  public Tensor reciprocal(Tensor x) {
    return record(new Reciprocal(kernels, like(x), x));
  }

  /** {@code y = a ⊙ b}. */
  public Tensor product(Tensor a, Tensor b) {
    return record(new Product(kernels, like(a, b), a, b));
  }

  /** {@code y = x₁ + x₂ + …}. */
  public Tensor sum(Tensor... terms) {
    return terms.length == 1 ? terms[0] : record(new Sum(kernels, like(terms), terms));
  }

  /** {@code y = x + b} for every row. */
  public Tensor shift(Tensor x, Parameter bias) {
    return signedShift(x, bias, 1f);
  }

  /** {@code y = b − x} for every row. */
  public Tensor shiftNegated(Tensor x, Parameter bias) {
    return signedShift(x, bias, -1f);
  }

  /** The inputs side by side in each row. */
  public Tensor concatenate(Tensor... inputs) {
    if (inputs.length == 1) {
      return inputs[0];
    }
    int width = Arrays.stream(inputs).mapToInt(Tensor::width).sum();
    boolean gradient = Arrays.stream(inputs).anyMatch(Tensor::needsGradient);
    return record(
        new Concatenation(kernels, Tensor.result(inputs[0].rows(), width, gradient), inputs));
  }

  /** Zeros [models, rows, width]. */
  public Tensor zeros(int rows, int width) {
    return input(rows, width);
  }

  /**
   * Self-attention with several heads along one axis of a grid: each of the rows of a line attends
   * to all rows of it, with logits divided by √in; x [first · second, in] → [first · second, out].
   */
  public Tensor attention(Tensor x, int first, GridAxis along, AttentionParameters of) {
    if (x.width() != of.in()) {
      throw new IllegalArgumentException(
          "attention on rows of " + of.in() + " was given rows of " + x.width());
    }
    Tensor y = Tensor.result(x.rows(), of.out(), mode == Mode.TRAINING);
    return record(new Attention(kernels, capacity, parameters, of, first, along, y, x));
  }

  /**
   * {@code y[p, q] = factor · Σ_i relu(u[i, p] + v[i, q])}, over the lines i of two bands: [u.count
   * · v.count, width].
   */
  public Tensor rectifiedPairSum(Band u, Band v, float factor) {
    return rectifiedPairSum(u, v, null, factor);
  }

  /**
   * {@code y[p, q] = factor · Σ_i relu(u[i, p] + v[i, q] + t[p, q])}, with t [u.count · v.count,
   * width].
   */
  public Tensor rectifiedPairSum(Band u, Band v, Tensor t, float factor) {
    Tensor y =
        Tensor.result(
            u.count() * v.count(), u.x().width(), u.x().needsGradient() || v.x().needsGradient());
    return record(new RectifiedPairSum(kernels, factor, y, u, v, t));
  }

  /** {@code y = s · x} with s a learned number. */
  public Tensor scale(Tensor x, Parameter s) {
    Tensor y = Tensor.result(x.rows(), x.width(), mode == Mode.TRAINING);
    return record(new ParameterScale(kernels, parameters, s, y, x));
  }

  /**
   * {@code y[p, q] = x[p, q] ⊙ v[p]}, or {@code v[q]}: x [first · second, width], v [first or
   * second, width].
   */
  public Tensor gridProduct(Tensor x, Tensor v, GridAxis axis) {
    Tensor y = Tensor.result(x.rows(), x.width(), x.needsGradient() || v.needsGradient());
    return record(new GridProduct(kernels, axis, y, x, v));
  }

  /** Sum over one axis of a grid: x [first · second, width] → [second, width] or [first, width]. */
  public Tensor gridSum(Tensor x, int first, GridAxis summed) {
    return gridReduce(x, first, summed, 1f);
  }

  /** Mean over one axis of a grid. */
  public Tensor gridMean(Tensor x, int first, GridAxis averaged) {
    int terms = averaged == GridAxis.FIRST ? first : x.rows() / first;
    return gridReduce(x, first, averaged, 1f / terms);
  }

  /** {@code y[p, q] = u[p] + v[q]}: [first, width], [second, width] → [first · second, width]. */
  public Tensor outerSum(Tensor u, Tensor v) {
    Tensor y =
        Tensor.result(u.rows() * v.rows(), u.width(), u.needsGradient() || v.needsGradient());
    return record(sum(u.rows(), v.rows(), y, null, u, v, null));
  }

  /** {@code y[p, q] = x[p, q] + u[p] + v[q]}. */
  public Tensor gridAdd(Tensor x, Tensor u, Tensor v) {
    return record(sum(u.rows(), v.rows(), like(x, u, v), x, u, v, null));
  }

  /** {@code y[p, q] = x[p, q] + v[p]}, or {@code v[q]}. */
  public Tensor gridAdd(Tensor x, Tensor v, GridAxis axis) {
    int lines = v.rows();
    int others = x.rows() / lines;
    return record(
        axis == GridAxis.FIRST
            ? sum(lines, others, like(x, v), x, v, null, null)
            : sum(others, lines, like(x, v), x, null, v, null));
  }

  /** {@code y[p, q] = x[p, q] + u[p] + v[q] + w}, with w [1, width]. */
  public Tensor gridAdd(Tensor x, Tensor u, Tensor v, Tensor w) {
    return record(sum(u.rows(), v.rows(), like(x, u, v, w), x, u, v, w));
  }

  /** {@code y[i] = x[i] + w}, with w [1, width] of the same model. */
  public Tensor addToRows(Tensor x, Tensor w) {
    return record(sum(1, x.rows(), like(x, w), x, null, null, w));
  }

  /** Sum over all rows of a model, [rows, width] → [1, width]. */
  public Tensor sumRows(Tensor x) {
    return gridSum(x, 1, GridAxis.SECOND);
  }

  /** Mean over all rows of a model. */
  public Tensor meanRows(Tensor x) {
    return gridMean(x, 1, GridAxis.SECOND);
  }

  /** {@code y[i] = table[types[i]]}: [types.length, width]. */
  public Tensor lookup(Parameter table, int[] types) {
    return combine(table, types, TableLookup.Combination.ALONE);
  }

  /** {@code y[i] = x[i] + table[types[i]]}. */
  public Tensor addLookup(Tensor x, Parameter table, int[] types) {
    return combine(table, types, TableLookup.Combination.SUM, x);
  }

  /** {@code y[i] = x[i] ⊙ table[types[i]]}. */
  public Tensor multiplyLookup(Tensor x, Parameter table, int[] types) {
    return combine(table, types, TableLookup.Combination.PRODUCT, x);
  }

  /** Rows {@code from … from + rows} of every model. */
  public Tensor rows(Tensor x, int from, int rows) {
    return record(
        new RowSlice(kernels, from, Tensor.result(rows, x.width(), x.needsGradient()), x));
  }

  /**
   * Tensors of so many lines each, one below the other in every line: x_k [lines · n_k, width] →
   * [lines · Σ n_k, width]; the inverse of a {@link Band}.
   */
  public Tensor stack(int lines, List<Tensor> parts) {
    int rows = parts.stream().mapToInt(Tensor::rows).sum();
    boolean gradient = parts.stream().anyMatch(Tensor::needsGradient);
    Tensor y = Tensor.result(rows, parts.get(0).width(), gradient);
    return record(new Stack(kernels, lines, y, parts.toArray(Tensor[]::new)));
  }

  /** Inverted dropout in training, the identity otherwise. */
  public Tensor dropout(Tensor x, float rate) {
    if (rate == 0f || mode == Mode.INFERENCE) {
      return x;
    }
    return record(new Dropout(kernels, this, capacity, (long) ++dropouts << 32, rate, like(x), x));
  }

  /** Ends the recording, drops what no output depends on, and gives every tensor its memory. */
  public Tape seal() {
    dropUnseen();
    Simplification simplification = new Simplification(kernels, parameters, capacity, pinned);
    recorded = simplification.of(recorded);
    compositions = simplification.compositions();
    dropUnseen();
    operations = recorded.toArray(Operation[]::new);
    MemoryPlan plan = new MemoryPlan(capacity, pinned);
    toClear = new float[operations.length][][];
    clearSizes = new int[operations.length][];
    if (mode == Mode.INFERENCE) {
      plan.shareValues(recorded);
      return this;
    }
    plan.keepValues(recorded);
    List<List<Storage>> first = plan.shareGradients(recorded);
    for (int i = 0; i < operations.length; i++) {
      if (first.get(i) != null) {
        toClear[i] =
            first.get(i).stream().map(storage -> storage.gradients).toArray(float[][]::new);
        clearSizes[i] = first.get(i).stream().mapToInt(Storage::sizePerModel).toArray();
      }
    }
    return this;
  }

  /** Computes all outputs for the first {@code count} models of the inputs. */
  public void forward(int count) {
    if (count < 1 || count > capacity) {
      throw new IllegalArgumentException("a tape for " + capacity + " models was given " + count);
    }
    models = count;
    for (int i = 0; i < compositions.size(); i++) {
      compositions.get(i).refresh();
    }
    for (Operation operation : operations) {
      operation.forward(count);
    }
  }

  /**
   * Carries the gradients written to the outputs back to the parameters (added) and the
   * differentiable inputs (set).
   */
  public void backward() {
    for (int i = 0; i < differentiable.size(); i++) {
      Arrays.fill(differentiable.get(i).gradients(), 0f);
    }
    for (int i = operations.length - 1; i >= 0; i--) {
      if (toClear[i] != null) {
        for (int j = 0; j < toClear[i].length; j++) {
          Arrays.fill(toClear[i][j], 0, models * clearSizes[i][j], 0f);
        }
        operations[i].adjoint(models);
      }
    }
    for (int i = 0; i < compositions.size(); i++) {
      compositions.get(i).adjoint();
    }
  }

  /** Chooses the dropout masks of the passes to come. */
  public void dropoutSeed(long seed) {
    dropoutSeed = seed;
  }

  long dropoutSeed() {
    return dropoutSeed;
  }

  /** The most models of one pass. */
  public int capacity() {
    return capacity;
  }

  private void dropUnseen() {
    Set<Storage> seen = new LinkedHashSet<>(pinned);
    for (int i = recorded.size() - 1; i >= 0; i--) {
      Operation operation = recorded.get(i);
      if (seen.contains(operation.output.storage())) {
        operation.inputs.forEach(input -> seen.add(input.storage()));
      } else {
        recorded.remove(i);
      }
    }
  }

  private Tensor signedShift(Tensor x, Parameter bias, float sign) {
    Tensor y = Tensor.result(x.rows(), x.width(), mode == Mode.TRAINING);
    return record(new SignedShift(kernels, parameters, bias, sign, y, x));
  }

  private GridSum sum(int first, int second, Tensor y, Tensor cells, Tensor u, Tensor v, Tensor w) {
    Grid grid = new Grid(first, second, y.width());
    return new GridSum(kernels, grid, GridSum.Shape.LINEAR, y, cells, u, v, w);
  }

  private Tensor gridReduce(Tensor x, int first, GridAxis summed, float factor) {
    int kept = summed == GridAxis.FIRST ? x.rows() / first : first;
    Tensor y = Tensor.result(kept, x.width(), x.needsGradient());
    return record(new GridReduce(kernels, summed, first, factor, y, x));
  }

  private Tensor combine(Parameter table, int[] types, TableLookup.Combination how, Tensor... x) {
    int width = table.shape().get(1);
    Tensor y = Tensor.result(types.length, width, mode == Mode.TRAINING);
    return record(new TableLookup(kernels, parameters, table, types, how, y, x));
  }

  private Tensor like(Tensor... tensors) {
    boolean gradient = Arrays.stream(tensors).anyMatch(Tensor::needsGradient);
    return Tensor.result(tensors[0].rows(), tensors[0].width(), gradient);
  }

  private Tensor record(Operation operation) {
    recorded.add(operation);
    return operation.output;
  }

  private Tensor pin(Tensor tensor) {
    pinned.add(tensor.storage());
    return tensor;
  }
}
