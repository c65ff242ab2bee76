/**
 * What trains models on an executor: its CPU, or the GPU that Spark gave the task.
 *
 * <p>Opens devices of the engine and asks Spark for the task's GPU; knows no model and no config.
 *
 * <p>Read {@link DeviceSettings}, then {@link DeviceChoice}.
 */
package io.gradzoo.jobs.device;
