/**
 * The family cnn: networks with convolutions.
 *
 * <p>Nobody but the registry names it.
 *
 * <p>Read {@link CnnFamily}.
 */
package io.gradzoo.jobs.family.cnn;
