/**
 * What trains models and takes gradient sets on an executor: its CPU, or the GPU that Spark gave
 * the task; and how tasks that want one ask Spark for it.
 *
 * <p>Opens devices of the engine; knows no model and no config. What a bundle without Spark needs,
 * {@link io.gradzoo.jobs.device.DeviceSettings#firstGpu}, asks Spark nothing.
 *
 * <p>Read {@link DeviceSettings}, then {@link DeviceChoice}, then {@link Placement}.
 */
package io.gradzoo.jobs.device;
