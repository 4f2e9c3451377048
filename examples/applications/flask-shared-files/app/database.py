"""One connection per request, made again as often as needed: a failover gives the name of the database a new address."""

import os
import time

import pymysql


def connect(attempts: int = 5) -> pymysql.Connection:
    for attempt in range(1, attempts + 1):
        try:
            return pymysql.connect(
                host=os.environ["DB_HOST"],
                port=int(os.environ.get("DB_PORT", "3306")),
                database=os.environ["DB_NAME"],
                user=os.environ["DB_USER"],
                password=os.environ["DB_PASSWORD"],
                # Set where the server asks for TLS: the certificates of the authority that signed its own.
                ssl_ca=os.environ.get("DB_TLS_CA"),
                connect_timeout=3,
                autocommit=True,
            )
        except pymysql.err.OperationalError:
            if attempt == attempts:
                raise
            time.sleep(1)
    raise AssertionError("unreachable")
