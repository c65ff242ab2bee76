"""Gradzoo from PySpark: the stages are in gradzoo.ml, every command is a call of gradzoo.on(spark)."""


def on(spark):
    """The facade on a PySpark session: io.gradzoo.jobs.facade.Gradzoo, whose calls are those of Java."""
    return spark.sparkContext._jvm.io.gradzoo.jobs.facade.Gradzoo.on(spark._jsparkSession)


def functions(spark):
    """Makes the SQL functions for columns of the tables known to a session."""
    spark.sparkContext._jvm.io.gradzoo.jobs.facade.Gradzoo.functions(spark._jsparkSession)


def frame(rows, spark):
    """The data frame of rows that a call of the facade returned."""
    from pyspark.sql import DataFrame

    return DataFrame(rows, spark)
