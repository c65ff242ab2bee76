package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Computation;
import io.gradzoo.engine.tensor.Dropout;
import io.gradzoo.engine.tensor.Execution;
import io.gradzoo.engine.tensor.NumberLoss;
import io.gradzoo.engine.tensor.Operation;
import io.gradzoo.engine.tensor.Storage;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.TrainingPass;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/** A computation on an accelerator: instructions for each number of models that was asked for. */
final class GpuExecution implements Execution {
  private final Accelerator accelerator;
  private final Computation computation;
  private final List<Operation> operations;
  private final ResidentParameters parameters;
  private final Accelerator.DeviceMemory memory;
  private final Map<Integer, Sweeps> byModels = new LatestSweeps();
  private final boolean random;
  private Sweeps last;

  /** The prepared instructions for a number of models, and where they have what. */
  private record Sweeps(
      Emission places, Accelerator.Sequence forward, Accelerator.Sequence backward) {}

  /** Those that were used last: batches are of a few sizes, and each takes memory. */
  private static final class LatestSweeps extends LinkedHashMap<Integer, Sweeps> {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 8;

    LatestSweeps() {
      super(2 * MOST, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, Sweeps> eldest) {
      return size() > MOST;
    }
  }

  GpuExecution(
      Accelerator accelerator,
      Computation computation,
      List<Operation> operations,
      ResidentParameters parameters) {
    this.accelerator = accelerator;
    this.computation = computation;
    this.operations = operations;
    this.parameters = parameters;
    this.random = operations.stream().anyMatch(Dropout.class::isInstance);
    Emission sizes = new Emission(computation, operations, parameters, 0, computation.capacity());
    sizes.forward();
    if (sizes.training()) {
      sizes.backward();
    }
    this.memory = accelerator.allocate(sizes.size());
  }

  @Override
  public void forward(int models, long dropoutSeed) {
    compute(models, dropoutSeed);
    computation.outputs().forEach(output -> readValues(output, models));
    computation.watched().forEach(between -> readValues(between, models));
  }

  private void readValues(Storage of, int models) {
    accelerator.read(last.places.values(of), of.values(), models * of.sizePerModel());
  }

  /** A forward pass whose outputs stay on the device. */
  private void compute(int models, long dropoutSeed) {
    last = byModels.computeIfAbsent(models, this::prepare);
    parameters.refresh(computation.parameters());
    for (Storage input : computation.inputs()) {
      int written = input.shared() ? 1 : models;
      accelerator.write(last.places.values(input), input.values(), written * input.sizePerModel());
    }
    if (random) {
      accelerator.write(last.places.seed(), dropoutSeed);
    }
    last.forward.run();
  }

  @Override
  public void backward() {
    int models = last.places.models();
    for (Storage output : computation.outputs()) {
      if (output.needsGradient()) {
        accelerator.write(
            last.places.gradientOrNone(output), output.gradients(), models * output.sizePerModel());
      }
    }
    last.backward.run();
    parameters.collect(computation.parameters());
    for (Storage of : computation.differentiable()) {
      int count = models * of.sizePerModel();
      long gradient = last.places.gradientOrNone(of);
      if (gradient == 0) {
        Arrays.fill(of.gradients(), 0, count, 0f);
      } else {
        accelerator.read(gradient, of.gradients(), count);
      }
    }
  }

  @Override
  public Optional<TrainingPass> trainingPass(List<NumberLoss> ofOutputs) {
    return Optional.of(new LossPass(ofOutputs));
  }

  /** Forward, loss and backward without the host. */
  private final class LossPass implements TrainingPass {
    private final OutputLoss loss;
    private final Map<Emission, Accelerator.Sequence> ofSweeps = new WeakHashMap<>();

    LossPass(List<NumberLoss> ofOutputs) {
      this.loss = new OutputLoss(accelerator, computation, ofOutputs);
    }

    @Override
    public float[] targets() {
      return loss.targets();
    }

    @Override
    public float[] shares() {
      return loss.shares();
    }

    @Override
    public void run(int models, long dropoutSeed) {
      compute(models, dropoutSeed);
      loss.upload(models);
      ofSweeps
          .computeIfAbsent(
              last.places,
              places -> accelerator.prepare(loss.instructions(places, parameters.step())))
          .run();
      last.backward.run();
    }
  }

  private Sweeps prepare(int models) {
    Emission places = new Emission(computation, operations, parameters, memory.address(), models);
    Accelerator.Sequence forward = accelerator.prepare(places.forward());
    Accelerator.Sequence backward =
        computation.mode() == Tape.Mode.TRAINING ? accelerator.prepare(places.backward()) : null;
    places
        .constants()
        .forEach(
            (numbers, address) ->
                accelerator.write(address, numbers.stream().mapToInt(Integer::intValue).toArray()));
    return new Sweeps(places, forward, backward);
  }
}
