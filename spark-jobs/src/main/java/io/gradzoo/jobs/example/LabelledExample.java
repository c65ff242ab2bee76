package io.gradzoo.jobs.example;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.training.Example;
import java.io.Serializable;

/** An example and the split that its run is in. */
record LabelledExample(Split split, Example example) implements Serializable {}
