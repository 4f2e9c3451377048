"""Brings the schema up to date. Every instance runs it when it starts: the lock lets one of them do the work, and the others wait."""

from database import connect

STATEMENTS = [
    """CREATE TABLE IF NOT EXISTS books (
        id INT AUTO_INCREMENT PRIMARY KEY,
        title VARCHAR(200) NOT NULL,
        author VARCHAR(200) NOT NULL,
        price_cents INT NOT NULL,
        cover VARCHAR(255)
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
