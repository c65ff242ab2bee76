package io.gradzoo.engine.network.transformer;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.network.transformer.TransformerLayer.LinearMap;
import io.gradzoo.engine.network.transformer.TransformerLayer.Normalization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Transformers of one architecture at work on one sequence at a time, in buffers of their own: load
 * parameters, run forward, write signals, run backward, take factors. Not thread-safe.
 */
public final class TransformerNetwork {
  private final TransformerArchitecture architecture;
  private final TransformerLayout layout;
  private final int width;
  private final List<NamedTensor> tensors;
  private final float[] parameters;
  private final List<BlockStage> blocks = new ArrayList<>();
  private final NormStage finalNorm;
  private final LinearStage head;
  private final LinearStage[] maps;
  private final NormStage[] norms;
  private final BlockStage.Gradients gradients;
  private final float[] residual;
  private final float[] residualSignals;
  private final float[] read;
  private final float[] readSignals;
  private final float[] tokenOutputs;
  private final float[] tokenSignals;
  private final float[] meanOutputs;
  private final int[] ids;
  private int tokens;

  /** A workspace for transformers of this architecture. */
  public TransformerNetwork(TransformerArchitecture architecture) {
    this.architecture = architecture;
    Kernels kernels = CpuKernels.best();
    int positions = architecture.positions();
    layout = architecture.layout();
    width = architecture.width();
    tensors = layout.tensors();
    parameters = new float[layout.parameterCount()];
    maps = new LinearStage[layout.layers().size()];
    norms = new NormStage[layout.layers().size()];
    for (BlockLayers of : layout.blocks()) {
      BlockStage block = new BlockStage(kernels, architecture, of);
      block.maps().forEach(map -> maps[map.map().index()] = map);
      block.norms().forEach(norm -> norms[norm.norm().index()] = norm);
      blocks.add(block);
    }
    finalNorm = new NormStage(layout.finalNorm(), positions);
    head = new LinearStage(kernels, layout.head(), positions);
    norms[layout.finalNorm().index()] = finalNorm;
    maps[layout.head().index()] = head;
    gradients = new BlockStage.Gradients(architecture);
    ids = new int[positions];
    residual = new float[positions * width];
    residualSignals = new float[positions * width];
    read = new float[positions * width];
    readSignals = new float[positions * width];
    tokenOutputs = new float[positions * architecture.outputs()];
    tokenSignals = new float[positions * architecture.outputs()];
    meanOutputs = new float[architecture.outputs()];
  }

  /** What it is built for. */
  public TransformerArchitecture architecture() {
    return architecture;
  }

  /**
   * Copies in the parameters of the passes to come.
   *
   * @param flat parameters from {@code offset}
   * @throws IllegalArgumentException if there are too few, or naming the first that is not finite
   */
  public void load(float[] flat, int offset) {
    if (flat.length - offset < parameters.length) {
      throw Fault.of("parameters of " + architecture)
          .expected(parameters.length + " numbers")
          .found(flat.length - offset)
          .exception();
    }
    System.arraycopy(flat, offset, parameters, 0, parameters.length);
    requireFinite();
    for (int i = 0; i < maps.length; i++) {
      if (maps[i] != null) {
        maps[i].load(parameters);
      } else if (norms[i] != null) {
        norms[i].load(parameters);
      }
    }
  }

  /**
   * Predictions for one sequence.
   *
   * @param sequences a probe set
   * @param sequence which of them
   * @return [predictions, outputs], valid until the next pass
   * @throws IllegalArgumentException if the sequence is too long or has an unknown token
   */
  public float[] forward(Sequences sequences, int sequence) {
    sequences.requireFit(architecture, sequence);
    tokens = sequences.length(sequence);
    System.arraycopy(sequences.tokens(), sequences.start(sequence), ids, 0, tokens);
    for (int t = 0; t < tokens; t++) {
      int token = layout.tokenTable().offset() + ids[t] * width;
      int position = layout.positionTable().offset() + t * width;
      for (int i = 0; i < width; i++) {
        residual[t * width + i] = parameters[token + i] + parameters[position + i];
      }
    }
    for (BlockStage block : blocks) {
      block.forward(tokens, residual);
    }
    finalNorm.forward(tokens, residual, read);
    head.forward(tokens, read, tokenOutputs);
    return architecture.readout() == TransformerArchitecture.SequenceReadout.TOKEN
        ? tokenOutputs
        : meanOverTokens();
  }

  /**
   * Carries output signals back to every stage.
   *
   * @param signals ∂ loss / ∂ predictions of the last forward pass, [predictions, outputs]
   */
  public void backward(float[] signals) {
    int outputs = architecture.outputs();
    boolean mean = architecture.readout() == TransformerArchitecture.SequenceReadout.MEAN;
    for (int i = 0; i < tokens * outputs; i++) {
      tokenSignals[i] = mean ? signals[i % outputs] / tokens : signals[i];
    }
    Arrays.fill(readSignals, 0f);
    Arrays.fill(residualSignals, 0f);
    head.backward(tokens, tokenSignals, readSignals);
    finalNorm.backward(tokens, readSignals, residualSignals);
    for (int block = blocks.size() - 1; block >= 0; block--) {
      blocks.get(block).backward(tokens, residualSignals, gradients);
    }
  }

  /** What an affine map read in the last pass, [tokens, in]. */
  public float[] inputs(LinearMap map) {
    return maps[map.index()].inputs();
  }

  /** What a LayerNorm normalised in the last pass before its gain, [tokens, width]. */
  public float[] normalized(Normalization norm) {
    return norms[norm.index()].normalized();
  }

  /**
   * Derivatives of the loss by a stage's output in the last backward pass, [tokens, out]. Those of
   * the embeddings are the residual stream's.
   */
  public float[] signals(TransformerLayer layer) {
    if (layer instanceof LinearMap) {
      return maps[layer.index()].signals();
    }
    return layer instanceof Normalization ? norms[layer.index()].signals() : residualSignals;
  }

  /** Adds the last backward pass's parameter gradient, times a factor, to a flat gradient. */
  public void addGradient(float factor, float[] flat) {
    for (int i = 0; i < maps.length; i++) {
      if (maps[i] != null) {
        maps[i].addGradient(tokens, factor, flat);
      } else if (norms[i] != null) {
        norms[i].addGradient(tokens, factor, flat);
      }
    }
    for (int t = 0; t < tokens; t++) {
      for (int i = 0; i < width; i++) {
        float signal = factor * residualSignals[t * width + i];
        flat[layout.tokenTable().offset() + ids[t] * width + i] += signal;
        flat[layout.positionTable().offset() + t * width + i] += signal;
      }
    }
  }

  private float[] meanOverTokens() {
    int outputs = architecture.outputs();
    for (int o = 0; o < outputs; o++) {
      double sum = 0;
      for (int t = 0; t < tokens; t++) {
        sum += tokenOutputs[t * outputs + o];
      }
      meanOutputs[o] = (float) (sum / tokens);
    }
    return meanOutputs;
  }

  private void requireFinite() {
    for (NamedTensor tensor : tensors) {
      for (int i = 0; i < tensor.size(); i++) {
        float value = parameters[tensor.offset() + i];
        if (!Float.isFinite(value)) {
          throw Fault.of("parameters of " + architecture)
              .expected("finite numbers")
              .found(
                  value
                      + " in "
                      + tensor.name()
                      + "["
                      + i / tensor.columns()
                      + ", "
                      + i % tensor.columns()
                      + "]")
              .exception();
        }
      }
    }
  }
}
