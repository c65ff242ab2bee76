/** How well the Fisher diagonal of a network is estimated from few of its gradients. */
package io.gradzoo.jobs.curvature;
