package io.gradzoo.engine.metanet.scalegmn;

/**
 * Where in the graph a node layer stands: hidden nodes can be rescaled, input and output nodes
 * cannot.
 */
enum Site {
  INPUT,
  HIDDEN,
  OUTPUT;

  static Site of(int layer, int depth) {
    if (layer == 0) {
      return INPUT;
    }
    return layer == depth ? OUTPUT : HIDDEN;
  }
}
