package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.ArrayDeque;
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
public final class Tape extends Recording {
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
  private final List<Tensor> differentiable = new ArrayList<>();
  private Execution execution;
  private int dropouts;
  private long dropoutSeed;

  /**
   * @param parameters what the operations read and whose gradients they add to
   * @param capacity the most models of one pass
   */
  public Tape(Kernels kernels, Parameters parameters, int capacity, Mode mode) {
    super(kernels);
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

  /** {@code y[i] = mean_p x[i, p]}, over the rows p of a band of each line: [lines, width]. */
  public Tensor bandMean(Band x) {
    Tensor y = Tensor.result(x.lines(), x.x().width(), x.x().needsGradient());
    return record(new BandMean(kernels, y, x));
  }

  /**
   * {@code y[p, q] = Σ_i (1 + c_i − c̄) / b · u[i, p] v[i, q]}, with c [b, 1] and two bands of b
   * lines, of rows of one number: [u.count · v.count, 1].
   *
   * @throws IllegalArgumentException if gradients of u or v are wanted
   */
  public Tensor reweightedMean(Tensor c, Band u, Band v) {
    if (u.x().needsGradient() || v.x().needsGradient()) {
      throw new IllegalArgumentException(
          "a reweighted mean is differentiated by its scores alone, not by what it is the mean of");
    }
    Tensor y = Tensor.result(u.count() * v.count(), 1, c.needsGradient());
    return record(new ReweightedMean(kernels, y, c, u, v));
  }

  /** {@code y = s · x} with s a learned number. */
  public Tensor scale(Tensor x, Parameter s) {
    Tensor y = Tensor.result(x.rows(), x.width(), mode == Mode.TRAINING);
    return record(new ParameterScale(kernels, parameters, s, y, x));
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

  /** {@code y[q, p] = x[p, q]} for the rows of a grid [first · second]. */
  public Tensor gridTranspose(Tensor x, int first) {
    return record(new GridTranspose(kernels, first, like(x), x));
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
    List<Operation> seen = seen(recorded());
    Simplification simplification = new Simplification(kernels, parameters, capacity, pinned());
    List<Operation> operations = seen(simplification.of(seen));
    List<Stage> stages = Fusion.stages(operations);
    MemoryPlan plan = new MemoryPlan(stages, capacity, pinned());
    if (mode == Mode.INFERENCE) {
      plan.shareValues();
    } else {
      plan.keepValues();
      plan.shareGradients();
    }
    execution = new Execution(stages, simplification.compositions(), differentiable);
    return this;
  }

  /** Computes all outputs for the first {@code count} models of the inputs. */
  public void forward(int count) {
    if (count < 1 || count > capacity) {
      throw new IllegalArgumentException("a tape for " + capacity + " models was given " + count);
    }
    execution.forward(count);
  }

  /**
   * Carries the gradients written to the outputs back to the parameters (added) and the
   * differentiable inputs (set).
   */
  public void backward() {
    execution.backward();
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

  /** The operations that some output depends on. */
  private List<Operation> seen(List<Operation> operations) {
    Set<Storage> wanted = new LinkedHashSet<>(pinned());
    ArrayDeque<Operation> seen = new ArrayDeque<>();
    for (int i = operations.size() - 1; i >= 0; i--) {
      Operation operation = operations.get(i);
      if (wanted.contains(operation.output.storage())) {
        operation.inputs.forEach(input -> wanted.add(input.storage()));
        seen.addFirst(operation);
      }
    }
    return List.copyOf(seen);
  }

  private Tensor signedShift(Tensor x, Parameter bias, float sign) {
    Tensor y = Tensor.result(x.rows(), x.width(), mode == Mode.TRAINING);
    return record(new SignedShift(kernels, parameters, bias, sign, y, x));
  }

  private Tensor combine(Parameter table, int[] types, TableLookup.Combination how, Tensor... x) {
    int width = table.shape().get(1);
    Tensor y = Tensor.result(types.length, width, mode == Mode.TRAINING);
    return record(new TableLookup(kernels, parameters, table, types, how, y, x));
  }
}
