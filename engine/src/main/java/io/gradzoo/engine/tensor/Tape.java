package io.gradzoo.engine.tensor;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A recorded computation on batches of models of one layout. Operations are recorded once; {@link
 * #seal} simplifies them and hands them to a {@link Device}; after that {@link #forward} and {@link
 * #backward} run as often as wanted and allocate nothing.
 *
 * <p>An example: record {@code y = tape.linear(…, x)}, declare {@code tape.output(y)}, seal, write
 * {@code x.values()}, run forward, write {@code y.gradients()}, run backward: the gradients of the
 * parameters have been added to.
 */
public final class Tape extends GridRecorder {
  /** Whether a backward sweep will be run. */
  public enum Mode {
    /** Forward only: no gradients, dropout is the identity, memory is reused along the way. */
    INFERENCE,
    /** Forward and backward, dropout active. */
    TRAINING
  }

  private final Device device;
  private final Parameters parameters;
  private final int capacity;
  private final Mode mode;
  private final Set<Storage> inputs = new LinkedHashSet<>();
  private final Set<Storage> differentiable = new LinkedHashSet<>();
  private final Set<Storage> outputs = new LinkedHashSet<>();
  private final Set<Storage> watched = new LinkedHashSet<>();
  private final Set<Storage> watchedGradients = new LinkedHashSet<>();
  private Execution execution;
  private int dropouts;
  private long dropoutSeed;

  /**
   * @param device what will run the tape, from {@link #seal} on; recording does not ask it
   * @param parameters what the operations read and whose gradients they add to
   * @param capacity the most models of one pass
   */
  public Tape(Device device, Parameters parameters, int capacity, Mode mode) {
    this.device = device;
    this.parameters = parameters;
    this.capacity = capacity;
    this.mode = mode;
  }

  /** Declares an input [models, rows, width], zero until the caller writes it. */
  public Tensor input(int rows, int width) {
    return input(Tensor.result(rows, width, false));
  }

  /**
   * Declares an input that is the same for all models of a pass; {@link Tensor#values} has it once.
   * It is no output.
   */
  public Tensor sharedInput(int rows, int width) {
    return input(new Tensor(Storage.shared(rows * width), rows, width));
  }

  /** Declares an input whose gradient is wanted. */
  public Tensor differentiableInput(int rows, int width) {
    Tensor tensor = input(Tensor.result(rows, width, mode == Mode.TRAINING));
    if (mode == Mode.TRAINING) {
      differentiable.add(tensor.storage());
    }
    return tensor;
  }

  private Tensor input(Tensor tensor) {
    inputs.add(tensor.storage());
    return tensor;
  }

  /**
   * Declares a result: its values stay until the next pass, and its gradients are where a backward
   * sweep starts.
   */
  public Tensor output(Tensor tensor) {
    outputs.add(tensor.storage());
    return tensor;
  }

  /** Declares that the caller reads the values of a tensor after a forward pass. */
  public Tensor watchValues(Tensor tensor) {
    if (!inputs.contains(tensor.storage())) {
      watched.add(tensor.storage());
    }
    return tensor;
  }

  /**
   * Declares that the caller reads the gradient of a tensor after a backward sweep; of a tape that
   * trains.
   */
  public Tensor watchGradient(Tensor tensor) {
    watchedGradients.add(tensor.storage());
    return tensor;
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
    return record(new Linear(new AffineMap(weight, bias, biasFactor), List.of(inputs), y));
  }

  /** {@code y = silu(gain ⊙ normalise(x) + shift)}, row by row. */
  public Tensor layerNormSilu(Tensor x, Parameter gain, Parameter shift) {
    Tensor y = Tensor.result(x.rows(), x.width(), mode == Mode.TRAINING);
    return record(new LayerNormSilu(gain, shift, x, y));
  }

  /**
   * {@code y = f(x + b) + f(b − x)} with {@code f(z) = silu(gain ⊙ normalise(z) + shift)}: even in
   * x.
   */
  public Tensor evenLayerNormSilu(Tensor x, Parameter bias, Parameter gain, Parameter shift) {
    Tensor y = Tensor.result(x.rows(), x.width(), mode == Mode.TRAINING);
    return record(new EvenLayerNormSilu(bias, gain, shift, x, y));
  }

  /** {@code y = x · σ(x)}. */
  public Tensor silu(Tensor x) {
    return record(new Pointwise(Pointwise.Function.SILU, x, like(x)));
  }

  /** {@code y = max(x, 0)}. */
  public Tensor relu(Tensor x) {
    return record(new Pointwise(Pointwise.Function.RELU, x, like(x)));
  }

  /** {@code y = |x|}. */
  public Tensor abs(Tensor x) {
    return record(new Pointwise(Pointwise.Function.ABS, x, like(x)));
  }

  /** {@code y = tanh(x)}. */
  public Tensor tanh(Tensor x) {
    return record(new Pointwise(Pointwise.Function.TANH, x, like(x)));
  }

  /** {@code y = sin(frequency · x)}. */
  public Tensor sine(float frequency, Tensor x) {
    return record(new Sine(frequency, x, like(x)));
  }

  /**
   * {@code y[i, j] = ⟨a[i], b[j]⟩} within each of so many groups of rows: [groups · n, width],
   * [groups · m, width] → [groups · n, m].
   */
  public Tensor rowProducts(int groups, Tensor a, Tensor b) {
    if (a.width() != b.width()) {
      throw new IllegalArgumentException(
          "products of rows of " + a.width() + " and of " + b.width() + " numbers");
    }
    boolean gradient = a.needsGradient() || b.needsGradient();
    Tensor y = Tensor.result(a.rows(), b.rows() / groups, gradient);
    return record(new RowProducts(groups, a, b, y));
  }

  /**
   * What a window sees at each place of maps, as rows: [samples · channels, height · width] →
   * [samples · places, channels · side²].
   */
  public Tensor patches(Tensor x, Window window) {
    int samples = x.rows() / window.channels();
    Tensor y = Tensor.result(samples * window.places(), window.seen(), x.needsGradient());
    return record(new Patches(window, x, y));
  }

  /** {@code y = x / (‖x‖ + 1e-10)}, row by row. */
  public Tensor unitNorm(Tensor x) {
    return record(new UnitNorm(x, like(x)));
  }

  /** {@code y = x / ‖x‖²}, row by row; zero for a zero row. */
  public Tensor reciprocal(Tensor x) {
    return record(new Reciprocal(x, like(x)));
  }

  /** {@code y = a ⊙ b}. */
  public Tensor product(Tensor a, Tensor b) {
    return record(new HadamardProduct(a, b, like(a, b)));
  }

  /** {@code y = x₁ + x₂ + …}. */
  public Tensor sum(Tensor... terms) {
    return terms.length == 1 ? terms[0] : record(new Sum(List.of(terms), like(terms)));
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
    Tensor y = Tensor.result(inputs[0].rows(), width, gradient);
    return record(new Concatenation(List.of(inputs), y));
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
    return record(new Attention(of, first, along, x, y));
  }

  /** {@code y = s · x} with s a learned number. */
  public Tensor scale(Tensor x, Parameter s) {
    Tensor y = Tensor.result(x.rows(), x.width(), mode == Mode.TRAINING);
    return record(new ParameterScale(s, x, y));
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

  /**
   * Parameters of each model's own: {@code of} [at least capacity, rows, width] → [rows, width].
   *
   * @throws IllegalArgumentException if there are not so many
   */
  public Tensor ownParameters(Parameter of, int rows, int width) {
    if (of.size() < capacity * rows * width) {
      throw new IllegalArgumentException(
          "%d models with %d parameters each were given %d"
              .formatted(capacity, rows * width, of.size()));
    }
    return record(new OwnParameters(of, Tensor.result(rows, width, mode == Mode.TRAINING)));
  }

  /** Rows {@code from … from + rows} of every model. */
  public Tensor rows(Tensor x, int from, int rows) {
    return record(new RowSlice(from, x, Tensor.result(rows, x.width(), x.needsGradient())));
  }

  /**
   * Rows of every model, each at most once, in an order: {@code y[i] = x[chosen[i]]}.
   *
   * @throws IllegalArgumentException if a row is chosen twice
   */
  public Tensor selectRows(Tensor x, int[] chosen) {
    List<Integer> rows = Arrays.stream(chosen).boxed().toList();
    if (Set.copyOf(rows).size() < rows.size()) {
      throw new IllegalArgumentException("a row is chosen twice");
    }
    Tensor y = Tensor.result(chosen.length, x.width(), x.needsGradient());
    return record(new RowSelection(rows, x, y));
  }

  /**
   * {@code y[i] = −Σ_j t[i, j] ln softmax(x[i])_j}: scores x and shares t [rows, classes] → [rows,
   * 1].
   */
  public Tensor crossEntropy(Tensor scores, Tensor shares) {
    boolean gradient = scores.needsGradient() || shares.needsGradient();
    Tensor y = Tensor.result(scores.rows(), 1, gradient);
    return record(new ClassCrossEntropy(scores, shares, y));
  }

  /**
   * Tensors of so many lines each, one below the other in every line: x_k [lines · n_k, width] →
   * [lines · Σ n_k, width]; the inverse of a {@link Band}.
   */
  public Tensor stack(int lines, List<Tensor> parts) {
    int rows = parts.stream().mapToInt(Tensor::rows).sum();
    boolean gradient = parts.stream().anyMatch(Tensor::needsGradient);
    Tensor y = Tensor.result(rows, parts.get(0).width(), gradient);
    return record(new Stack(lines, List.copyOf(parts), y));
  }

  /** Inverted dropout in training, the identity otherwise. */
  public Tensor dropout(Tensor x, float rate) {
    if (rate == 0f || mode == Mode.INFERENCE) {
      return x;
    }
    return record(new Dropout((long) ++dropouts << 32, rate, x, like(x)));
  }

  /**
   * Ends the recording: drops what nobody reads, finds cheaper forms for the rest, and has the
   * device prepare it. Inputs and outputs have their arrays from now on.
   */
  public Tape seal() {
    watchedGradients.removeAll(outputs); // which the caller writes
    differentiable.addAll(watchedGradients);
    Set<Storage> read = new LinkedHashSet<>(outputs);
    read.addAll(watched);
    read.addAll(differentiable);
    List<Operation> operations = new Simplification(capacity, read).apply(recorded());
    Computation computation =
        new Computation(
            operations, inputs, differentiable, outputs, watched, parameters, capacity, mode);
    computation.held().forEach(storage -> storage.holdValues(capacity));
    outputs.forEach(storage -> storage.holdGradients(capacity));
    differentiable.forEach(storage -> storage.holdGradients(capacity));
    execution = device.compile(computation);
    return this;
  }

  /** Computes all outputs for the first {@code count} models of the inputs. */
  public void forward(int count) {
    if (count < 1 || count > capacity) {
      throw new IllegalArgumentException("a tape for " + capacity + " models was given " + count);
    }
    execution.forward(count, dropoutSeed);
  }

  /**
   * Carries the gradients written to the outputs back to the parameters (added) and the
   * differentiable inputs and watched tensors (set).
   */
  public void backward() {
    execution.backward();
  }

  /**
   * Passes whose loss the device computes, if it can.
   *
   * @param ofOutputs the loss of each output, whose sum is that of an example
   */
  public Optional<TrainingPass> trainingPass(List<NumberLoss> ofOutputs) {
    return execution.trainingPass(ofOutputs);
  }

  /** Chooses the dropout masks of the passes to come. */
  public void dropoutSeed(long seed) {
    dropoutSeed = seed;
  }

  /** The most models of one pass. */
  public int capacity() {
    return capacity;
  }

  private Tensor signedShift(Tensor x, Parameter bias, float sign) {
    Tensor y = Tensor.result(x.rows(), x.width(), mode == Mode.TRAINING);
    return record(new SignedShift(bias, sign, x, y));
  }

  private Tensor combine(Parameter table, int[] types, TableLookup.Combination how, Tensor... x) {
    int width = table.shape().get(1);
    Tensor y = Tensor.result(types.length, width, mode == Mode.TRAINING);
    List<Integer> rows = Arrays.stream(types).boxed().toList();
    return record(new TableLookup(table, rows, how, List.of(x), y));
  }
}
