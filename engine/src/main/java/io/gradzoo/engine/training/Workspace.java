package io.gradzoo.engine.training;

import io.gradzoo.engine.fault.DeviceMemoryException;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.optimize.GlobalNormClip;
import io.gradzoo.engine.optimize.Optimizer;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.DeviceTraining;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.TrainingPass;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A metanetwork with everything one thread needs to run it: parameters, and a program for each
 * architecture it meets. A batch runs in groups of one architecture, in order of appearance;
 * nothing is allocated once each architecture was seen. Not thread-safe.
 */
public final class Workspace {
  private final Metanetwork metanetwork;
  private final Parameters parameters;
  private final Objective objective;
  private final OutputDecoder decoder;
  private final Device device;
  private final Map<Architecture, Compiled> training = new HashMap<>();
  private final Map<Architecture, Compiled> descending = new HashMap<>();
  private final Map<Architecture, Compiled> inference = new HashMap<>();
  private final BatchGroups groups = new BatchGroups();
  private final Optional<DeviceTraining> resident;
  private boolean onDevice;

  /** For a metanetwork that predicts a share, such as an accuracy. */
  public Workspace(Metanetwork metanetwork) {
    this(metanetwork, new ElementwiseObjective.Share());
  }

  /** For a metanetwork that predicts number by number. */
  public Workspace(Metanetwork metanetwork, ElementwiseObjective objective) {
    this(metanetwork, objective, objective);
  }

  /**
   * @param objective what training minimises
   * @param decoder what the outputs predict
   */
  public Workspace(Metanetwork metanetwork, Objective objective, OutputDecoder decoder) {
    this(metanetwork, objective, decoder, CpuDevice.best());
  }

  /** On a device of the caller's choice. */
  public Workspace(
      Metanetwork metanetwork, Objective objective, OutputDecoder decoder, Device device) {
    this.metanetwork = metanetwork;
    this.device = device;
    this.objective = objective;
    this.decoder = decoder;
    this.parameters = Parameters.over(new float[metanetwork.layout().size()]);
    this.resident = device.training(parameters);
  }

  /**
   * A program, what it says of its examples, the loss of that, and what it predicts.
   *
   * @param groupSize models that a core's cache holds
   * @param models that the device was to run in one pass; the program takes fewer if there was no
   *     memory. So how a batch is cut depends on no batch before it.
   * @param onDevice in a {@link #descend}, if the device computes the loss
   */
  private record Compiled(
      int groupSize,
      int models,
      Program program,
      Outputs outputs,
      Objective.ExampleLoss loss,
      OutputDecoder decoder,
      Optional<DeviceLoss> onDevice) {}

  /** Passes that the device computes up to the gradient, and what they need of the examples. */
  private record DeviceLoss(RecordedLoss loss, TrainingPass pass) {}

  /**
   * The prediction and the loss of an example.
   *
   * @param predicted in the units of the targets
   * @param loss as training counts it
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  public record EvaluatedExample(float[] predicted, double loss) {}

  /**
   * The sum of the losses of some examples.
   *
   * @param gradient of the sum by the parameters, [parameters]
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  public record SummedLoss(double loss, float[] gradient) {}

  /** The parameters in use and their gradients. */
  Parameters parameters() {
    return parameters;
  }

  /** Takes on other values. */
  public void load(float[] values) {
    if (values.length != parameters.values().length) {
      throw Fault.of("metanetwork")
          .expected(parameters.values().length + " parameters")
          .found(values.length)
          .exception();
    }
    System.arraycopy(values, 0, parameters.values(), 0, values.length);
    parameters.changed();
  }

  /**
   * Predictions of examples with one target.
   *
   * @return [examples.size()]
   */
  public float[] predict(List<Example> examples) {
    float[] first = new float[examples.size()];
    float[][] all = predictAll(examples);
    for (int i = 0; i < first.length; i++) {
      first[i] = all[i][0];
    }
    return first;
  }

  /**
   * Predictions of the examples, in the units of their targets.
   *
   * @return [examples.size(), targets]
   */
  public float[][] predictAll(List<Example> examples) {
    float[][] predictions = new float[examples.size()][];
    infer(
        examples,
        (row, results) ->
            predictions[row] = results.decoder().decode(results.outputs(), examples.get(row)));
    return predictions;
  }

  /**
   * Predictions of the examples and their losses.
   *
   * @return in the order of the examples
   */
  public List<EvaluatedExample> evaluate(List<Example> examples) {
    EvaluatedExample[] judged = new EvaluatedExample[examples.size()];
    infer(
        examples,
        (row, results) -> {
          Example example = examples.get(row);
          float[] predicted = results.decoder().decode(results.outputs(), example);
          judged[row] =
              new EvaluatedExample(predicted, results.loss().evaluate(results.outputs(), example));
        });
    return List.of(judged);
  }

  /** Takes the outputs of the example of a row. */
  private interface Reader {
    void read(int row, Compiled results);
  }

  private void infer(List<Example> examples, Reader reader) {
    int[] order = new int[examples.size()];
    Arrays.setAll(order, i -> i);
    groups.begin(examples, order, 0, order.length);
    Compiled results;
    while ((results = load(inference, Tape.Mode.INFERENCE)) != null) {
      results.program().forward(groups.count());
      for (int slot = 0; slot < groups.count(); slot++) {
        results.outputs().at(slot);
        reader.read(groups.row(slot), results);
      }
    }
  }

  /**
   * Adds what a minibatch has in the gradient of a step's mean loss to the gradients of the {@link
   * #descend}, or of the parameters outside one.
   *
   * @param order indices into the examples; the minibatch is {@code order[from … from + batch)}
   * @param ofStep examples of all minibatches of the step
   * @param draw decides all that is drawn at random: dropout, and what the loss draws
   * @return the sum of the losses that are not left on the device
   */
  double accumulate(
      List<Example> examples, int[] order, int from, int batch, int ofStep, long draw) {
    double loss = 0;
    groups.begin(examples, order, from, batch);
    Compiled results;
    while ((results = load(onDevice ? descending : training, Tape.Mode.TRAINING)) != null) {
      if (results.onDevice().isPresent()) {
        train(examples, results.onDevice().get(), ofStep, draw);
      } else {
        loss += differentiate(examples, results, ofStep, draw);
      }
    }
    return loss;
  }

  /**
   * The losses of a minibatch and their gradient, for trainers that make their own steps.
   *
   * @param draw decides all that is drawn at random: dropout, and what the loss draws
   * @return what a step of it begins from
   */
  public SummedLoss differentiate(List<Example> minibatch, long draw) {
    int[] order = new int[minibatch.size()];
    Arrays.setAll(order, i -> i);
    parameters.clearGradients();
    double loss = accumulate(minibatch, order, 0, order.length, 1, draw);
    return new SummedLoss(loss, parameters.gradients().clone());
  }

  private double differentiate(List<Example> examples, Compiled results, int ofStep, long draw) {
    Program program = results.program();
    program.dropoutSeed(draw + groups.row(0));
    results.loss().begin(draw);
    program.forward(groups.count());
    double loss = 0;
    for (int slot = 0; slot < groups.count(); slot++) {
      Example example = examples.get(groups.row(slot));
      loss += results.loss().differentiate(results.outputs().at(slot), example, ofStep);
    }
    program.backward();
    return loss;
  }

  /** The same where the device computes the loss. */
  private void train(List<Example> examples, DeviceLoss of, int ofStep, long draw) {
    of.loss().begin(draw);
    for (int slot = 0; slot < groups.count(); slot++) {
      of.loss().load(slot, examples.get(groups.row(slot)), ofStep, of.pass());
    }
    of.pass().run(groups.count(), draw + groups.row(0));
  }

  /**
   * Begins steps of the loaded parameters, on the device if it keeps them.
   *
   * @param optimizer with its state, which the steps change
   */
  LocalSteps descend(Optimizer optimizer, GlobalNormClip clip, LocalSteps.StepRange steps) {
    if (resident.isEmpty()) {
      return new HostSteps(parameters, optimizer, clip, steps);
    }
    Runnable afterwards = () -> onDevice = false;
    LocalSteps local = new DeviceSteps(resident.get(), optimizer, clip, steps, afterwards);
    onDevice = true;
    return local;
  }

  /** The program with the next group loaded, or null after the last. */
  private Compiled load(Map<Architecture, Compiled> programs, Tape.Mode mode) {
    Architecture architecture = groups.nextArchitecture();
    if (architecture == null) {
      return null;
    }
    Compiled results = programs.get(architecture);
    if (results == null || results.models() < models(results.groupSize())) {
      programs.remove(architecture);
      results = compile(architecture, mode, metanetwork.groupSize(architecture));
      programs.put(architecture, results);
    }
    groups.load(results.program());
    return results;
  }

  /** How many models of the batch the device is to run in one pass. */
  private int models(int groupSize) {
    return device.modelsOfPass(groupSize, groups.batch());
  }

  /** A pass that the device has no memory for is cut in halves. */
  private Compiled compile(Architecture architecture, Tape.Mode mode, int groupSize) {
    int capacity = models(groupSize);
    while (capacity > 1) {
      try {
        return compile(architecture, mode, groupSize, capacity);
      } catch (DeviceMemoryException e) {
        capacity = (capacity + 1) / 2;
      }
    }
    return compile(architecture, mode, groupSize, capacity);
  }

  private Compiled compile(Architecture architecture, Tape.Mode mode, int groupSize, int capacity) {
    Tape tape = new Tape(device, parameters, capacity, mode);
    Recording recording = metanetwork.record(tape, architecture);
    Objective.ExampleLoss loss = objective.loss(architecture);
    Optional<RecordedLoss> recorded =
        mode == Tape.Mode.TRAINING && onDevice
            ? objective.recorded(tape, recording, architecture)
            : Optional.empty();
    Program program = recorded.map(RecordedLoss::recording).orElse(recording).program(tape);
    return new Compiled(
        groupSize,
        models(groupSize),
        program,
        new Outputs(recording, architecture),
        loss,
        decoder.forArchitecture(architecture),
        recorded.map(of -> new DeviceLoss(of, pass(program, of))));
  }

  private static TrainingPass pass(Program program, RecordedLoss loss) {
    return program.trainingPass(loss.ofOutputs()).orElseThrow();
  }
}
