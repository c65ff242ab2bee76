/**
 * Whether two devices compute the same: every operation of a tape and its adjoint on one after the
 * other, with the same random numbers.
 *
 * <p>Knows recordings and devices as interfaces; opens none, and judges no difference.
 *
 * <p>Read {@link DeviceAgreement}, then {@link OperationCase}.
 */
package io.gradzoo.engine.agreement;
