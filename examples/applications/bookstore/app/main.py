"""A bookstore: books in Aurora, covers on a directory that all instances share."""

import os
from pathlib import Path

from flask import Flask, jsonify, request, send_from_directory
from werkzeug.utils import secure_filename

from database import connect

COVERS = Path(os.environ.get("SHARED_FILES", "/srv/shared"))

app = Flask(__name__)


@app.get("/health")
def health():
    # The load balancer asks here. It must not ask the database: one slow query would take every instance out of service at once.
    return "ok", 200, {"Content-Type": "text/plain"}


@app.get("/")
def books():
    connection = connect()
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT id, title, author, price_cents, cover FROM books ORDER BY title LIMIT 100")
        names = ("id", "title", "author", "price_cents", "cover")
        return jsonify(books=[dict(zip(names, row)) for row in cursor.fetchall()])


@app.post("/books")
def add_book():
    title, author = (request.form.get(name, "").strip() for name in ("title", "author"))
    price = request.form.get("price_cents", "")
    if not title or not author or not price.isdigit():
        return jsonify(error="title, author and price_cents are needed"), 400
    connection = connect()
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO books (title, author, price_cents, cover) VALUES (%s, %s, %s, %s)",
            (title, author, int(price), save_cover()),
        )
        return jsonify(id=cursor.lastrowid), 201


@app.get("/covers/<name>")
def cover(name: str):
    return send_from_directory(COVERS, secure_filename(name))


def save_cover() -> str | None:
    upload = request.files.get("cover")
    name = secure_filename(upload.filename or "") if upload else ""
    if not upload or not name:
        return None
    # Another instance must never read half a file: it appears under its name when it is whole.
    partial = COVERS / f".{name}.{os.getpid()}"
    upload.save(partial)
    partial.rename(COVERS / name)
    return name
