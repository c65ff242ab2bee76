/** Parameters of metanetworks that were trained elsewhere. */
package io.gradzoo.datasets.parameters;
