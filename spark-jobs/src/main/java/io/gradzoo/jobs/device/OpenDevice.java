package io.gradzoo.jobs.device;

import io.gradzoo.engine.tensor.Device;

/**
 * A device, opened by a task.
 *
 * @param place which of the machine's it is, so that another task does not take one for another's
 * @param name such as {@code cuda:0 NVIDIA H200}
 * @param reason why the CPU stands in for a GPU, a line; empty if it does not
 */
public record OpenDevice(Device device, int place, String name, String reason) {}
