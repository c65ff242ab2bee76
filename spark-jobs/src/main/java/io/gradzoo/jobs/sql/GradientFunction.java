package io.gradzoo.jobs.sql;

import io.gradzoo.engine.gradient.LayerGradients;
import java.io.Serializable;

/** What is computed of the gradients of a layer. */
@FunctionalInterface
interface GradientFunction<R> extends Serializable {
  R apply(LayerGradients gradients);
}
