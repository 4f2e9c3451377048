"""Brings the schema up to date. Every instance runs it when it starts: the lock lets one of them do the work, and the others wait."""

from database import connect

STATEMENTS = [
    """CREATE TABLE IF NOT EXISTS notes (
        id INT AUTO_INCREMENT PRIMARY KEY,
        text VARCHAR(500) NOT NULL,
        written_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
    ) DEFAULT CHARACTER SET utf8mb4""",
]


def migrate() -> None:
    connection = connect(attempts=30, timeout=90)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT GET_LOCK('schema', 60)")
        if cursor.fetchone() != (1,):
            raise SystemExit("another instance has held the schema lock for a minute")
        for statement in STATEMENTS:
            cursor.execute(statement)
        cursor.execute("SELECT RELEASE_LOCK('schema')")


if __name__ == "__main__":
    migrate()
