"""A connection for each request: a failover gives the name of the database a new address, which a pool would learn late."""

import os
import threading
import time
from contextlib import contextmanager

import pymysql

# Fewer than the threads of a worker: while the database hangs, some are left to answer /health.
slots = threading.BoundedSemaphore(12)


class Unavailable(Exception):
    """The database cannot be reached, or already keeps everybody waiting who may wait."""


def connect(attempts: int = 1, timeout: int = 10) -> pymysql.Connection:
    # Set where the server asks for TLS: the certificates of the authority that signed its own.
    authority = os.environ.get("DB_TLS_CA") or None
    for attempt in range(1, attempts + 1):
        try:
            return pymysql.connect(
                host=os.environ["DB_HOST"],
                port=int(os.environ.get("DB_PORT", "3306")),
                database=os.environ["DB_NAME"],
                user=os.environ["DB_USER"],
                password=os.environ["DB_PASSWORD"],
                ssl_ca=authority,
                ssl_verify_identity=authority is not None,  # without it PyMySQL encrypts, and trusts anybody
                connect_timeout=3,
                read_timeout=timeout,  # a server that died without a word would be waited for without end
                write_timeout=timeout,
                autocommit=True,
            )
        except pymysql.err.OperationalError:
            if attempt == attempts:
                raise
            time.sleep(1)
    raise AssertionError("unreachable")


@contextmanager
def cursor():
    if not slots.acquire(blocking=False):
        raise Unavailable
    try:
        with connect() as connection, connection.cursor() as one:
            yield one
    except pymysql.err.OperationalError as error:
        raise Unavailable from error
    finally:
        slots.release()
