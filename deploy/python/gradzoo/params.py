"""Params of the stages. Generated from the Java side by PythonStagesTest; do not edit."""

from pyspark.ml.param import Param, Params, TypeConverters


class StageParams(Params):
    configFile = Param(
        Params._dummy(),
        "configFile",
        "config file over the preset; none if it is not set",
        typeConverter=TypeConverters.toString,
    )
    preset = Param(
        Params._dummy(),
        "preset",
        "name of the config in conf/ that lies below the settings",
        typeConverter=TypeConverters.toString,
    )
    settings = Param(
        Params._dummy(),
        "settings",
        "settings over preset and file, a line each, key=value as gradzoo --set takes them; zoo.name and storage.warehouse say whose gradient sets are read",
        typeConverter=TypeConverters.toString,
    )

    def getConfigFile(self):
        return self.getOrDefault(self.configFile)

    def setConfigFile(self, value):
        return self._set(configFile=value)

    def getPreset(self):
        return self.getOrDefault(self.preset)

    def setPreset(self, value):
        return self._set(preset=value)

    def getSettings(self):
        return self.getOrDefault(self.settings).splitlines()

    def setSettings(self, *lines):
        return self._set(settings="\n".join(lines))


class TrainingParams(Params):
    learningRate = Param(
        Params._dummy(),
        "learningRate",
        "step size after the warm-up, above 0; if it is not set, models.NAME.training.learning-rate",
        typeConverter=TypeConverters.toFloat,
    )
    model = Param(
        Params._dummy(),
        "model",
        "name of the block below models that says what is trained",
        typeConverter=TypeConverters.toString,
    )
    rounds = Param(
        Params._dummy(),
        "rounds",
        "rounds of averaging, at least 1; if it is not set, models.NAME.training.rounds",
        typeConverter=TypeConverters.toInt,
    )
    seed = Param(
        Params._dummy(),
        "seed",
        "seed of everything random, at least 0; if it is not set, the config's",
        typeConverter=TypeConverters.toInt,
    )
    trainShare = Param(
        Params._dummy(),
        "trainShare",
        "share of the runs that parameters are fitted to, above 0; with validationShare at most 1",
        typeConverter=TypeConverters.toFloat,
    )
    validationShare = Param(
        Params._dummy(),
        "validationShare",
        "share of the runs that the best round is chosen by, from 0 to 1; the rest is left out",
        typeConverter=TypeConverters.toFloat,
    )

    def getLearningRate(self):
        return self.getOrDefault(self.learningRate)

    def setLearningRate(self, value):
        return self._set(learningRate=value)

    def getModel(self):
        return self.getOrDefault(self.model)

    def setModel(self, value):
        return self._set(model=value)

    def getRounds(self):
        return self.getOrDefault(self.rounds)

    def setRounds(self, value):
        return self._set(rounds=value)

    def getSeed(self):
        return self.getOrDefault(self.seed)

    def setSeed(self, value):
        return self._set(seed=value)

    def getTrainShare(self):
        return self.getOrDefault(self.trainShare)

    def setTrainShare(self, value):
        return self._set(trainShare=value)

    def getValidationShare(self):
        return self.getOrDefault(self.validationShare)

    def setValidationShare(self, value):
        return self._set(validationShare=value)


class PredictionParams(Params):
    predictionCol = Param(
        Params._dummy(),
        "predictionCol",
        "column that predictions are put into; null for members of which the model can read nothing",
        typeConverter=TypeConverters.toString,
    )

    def getPredictionCol(self):
        return self.getOrDefault(self.predictionCol)

    def setPredictionCol(self, value):
        return self._set(predictionCol=value)


class ClassificationParams(Params):
    labelCol = Param(
        Params._dummy(),
        "labelCol",
        "column of labels, whole numbers from 0 to one below the classes",
        typeConverter=TypeConverters.toString,
    )
    probabilityCol = Param(
        Params._dummy(),
        "probabilityCol",
        "column that a vector of the classes' probabilities is put into",
        typeConverter=TypeConverters.toString,
    )
    rawPredictionCol = Param(
        Params._dummy(),
        "rawPredictionCol",
        "column that a vector of the probabilities' logarithms is put into",
        typeConverter=TypeConverters.toString,
    )

    def getLabelCol(self):
        return self.getOrDefault(self.labelCol)

    def setLabelCol(self, value):
        return self._set(labelCol=value)

    def getProbabilityCol(self):
        return self.getOrDefault(self.probabilityCol)

    def setProbabilityCol(self, value):
        return self._set(probabilityCol=value)

    def getRawPredictionCol(self):
        return self.getOrDefault(self.rawPredictionCol)

    def setRawPredictionCol(self, value):
        return self._set(rawPredictionCol=value)
