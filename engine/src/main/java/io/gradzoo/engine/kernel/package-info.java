/**
 * The arithmetic behind every operation: matrix products and fused loops on {@code float[]}, on the
 * Vector API, with ND4J's product, or in plain loops.
 *
 * <p>Depends on nothing else of the engine, and is the only package that knows lanes and ND4J.
 * Never uses an operation whose bits depend on what the JIT compiler did.
 *
 * <p>Read {@link Kernels}, then {@link ScalarKernels}, then {@link VectorKernels}.
 */
package io.gradzoo.engine.kernel;
