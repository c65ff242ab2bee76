"""Stages of PySpark's pipelines. Each is a name for the stage of the same name in io.gradzoo.jobs.ml, which does the work."""

import sys

from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel
from pyspark.sql import DataFrame

from gradzoo.params import ClassificationParams, PredictionParams, StageParams, TrainingParams

_JAVA = "io.gradzoo.jobs.ml"

# PySpark finds the Python class of a stage in a saved pipeline, and the Java class of a Python one, by the name of the
# module, which it takes to be the same.
sys.modules[_JAVA] = sys.modules[__name__]


class _Estimator(JavaEstimator, JavaMLReadable, JavaMLWritable):
    _model = None

    def __init__(self):
        super().__init__()
        self._java_obj = self._new_java_obj(_JAVA + "." + type(self).__name__, self.uid)
        self._transfer_params_from_java()

    def _create_model(self, java_model):
        return self._model(java_model)


class _Model(JavaModel, JavaMLReadable, JavaMLWritable):
    def __init__(self, java_model=None):
        super().__init__(java_model)
        if java_model is not None:
            self._transfer_params_from_java()


class ScaleGmnModel(_Model, StageParams, PredictionParams):
    """A fitted ScaleGmnRegressor."""

    __module__ = _JAVA


class ScaleGmnRegressor(_Estimator, StageParams, TrainingParams, PredictionParams):
    """A ScaleGMN that learns to predict a number of networks from their weights."""

    __module__ = _JAVA
    _model = ScaleGmnModel


class ScaleGmnClassificationModel(_Model, StageParams, PredictionParams, ClassificationParams):
    """A fitted ScaleGmnClassifier."""

    __module__ = _JAVA


class ScaleGmnClassifier(_Estimator, StageParams, TrainingParams, PredictionParams, ClassificationParams):
    """A ScaleGMN that learns the class of networks from their weights."""

    __module__ = _JAVA
    _model = ScaleGmnClassificationModel


class GradMetaNetModel(_Model, StageParams, PredictionParams):
    """A fitted GradMetaNetRegressor."""

    __module__ = _JAVA


class GradMetaNetRegressor(_Estimator, StageParams, TrainingParams, PredictionParams):
    """A GradMetaNet that learns to predict a number of networks from their gradient sets."""

    __module__ = _JAVA
    _model = GradMetaNetModel


class NetworkEditorModel(_Model, StageParams):
    """A fitted NetworkEditor: members in, changed members out."""

    __module__ = _JAVA


class NetworkEditor(_Estimator, StageParams, TrainingParams):
    """A metanetwork that learns to change the weights of networks."""

    __module__ = _JAVA
    _model = NetworkEditorModel


def run_folds(members, folds):
    """Members with a column `fold` for CrossValidator(foldCol="fold"), which divides no run."""
    spark = members.sparkSession
    java = spark.sparkContext._jvm.io.gradzoo.jobs.ml.RunFolds.of(members._jdf, folds)
    return DataFrame(java, spark)
