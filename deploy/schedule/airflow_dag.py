"""Airflow: the zoo is made anew if it has to be, then the gradient sets of the members that changed.

Copy this file into Airflow's folder of DAGs and edit the two paths. Airflow 2.4 or newer.
"""

import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

GRADZOO = "/opt/gradzoo"
WAREHOUSE = "/data/warehouse"

with DAG(
    dag_id="gradzoo_regenerate",
    schedule="30 2 * * *",
    start_date=datetime.datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    # Both commands go on where they were when they are started again.
    default_args={"retries": 2, "retry_delay": datetime.timedelta(minutes=10)},
) as dag:
    regenerate = BashOperator(
        task_id="regenerate",
        cwd=GRADZOO,
        bash_command="deploy/bin/gradzoo zoo regenerate --preset digits --if-older-than 7d --set storage.warehouse="
        + WAREHOUSE,
    )
    gradients = BashOperator(
        task_id="gradients",
        cwd=GRADZOO,
        bash_command="deploy/bin/gradzoo gradients compute --preset digits --set storage.warehouse=" + WAREHOUSE,
    )
    regenerate >> gradients
