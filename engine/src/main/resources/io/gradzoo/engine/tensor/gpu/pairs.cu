// RectifiedPairSum and its adjoint: a sum over the last axis of what is computed of three terms, which is never stored.

// y (+)= factor · Σ relu(u + v + t) without a gradient, factor · Σ g · [u + v + t > 0] with one. Terms t without memory
// are left out.
KERNEL rectifiedPairs(Extent n, Strided y, int add, float factor, Strided u, Strided v, Strided t, Strided g) {
  Extent outer = n;
  outer.n[4] = 1;
  unsigned k[5];
  if (!outer.locate(threadOfAll(), k)) {
    return;
  }
  float sum = 0.0f;
  for (int i = 0; i < n.n[4]; i++) {
    k[4] = i;
    float s = u.at(k) + v.at(k) + (t.base == 0 ? 0.0f : t.at(k));
    if (g.base == 0) {
      sum += s != s ? s : fmaxf(s, 0.0f);
    } else {
      sum += s > 0.0f ? g.at(k) : 0.0f;
    }
  }
  k[4] = 0;
  put(y.at(k), factor * sum, add);
}
EXPORTED(rectifiedPairs)
