"""Notes in the database, files on a directory that all instances share."""

import os
import socket
from pathlib import Path

from flask import Flask, jsonify, request, send_from_directory
from werkzeug.utils import secure_filename

from database import connect

SHARED_FILES = Path(os.environ.get("SHARED_FILES", "/srv/shared"))

app = Flask(__name__)


@app.get("/health")
def health():
    # The load balancer asks here. It must not ask the database: one slow query would take every instance out of service at once.
    return "ok", 200, {"Content-Type": "text/plain"}


@app.get("/")
def notes():
    connection = connect()
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT text FROM notes ORDER BY id DESC LIMIT 20")
        return jsonify(served_by=socket.gethostname(), notes=[text for (text,) in cursor.fetchall()])


@app.post("/notes")
def write_note():
    text = (request.form.get("text") or "").strip()
    if not text or len(text) > 500:
        return jsonify(error="text must have 1 to 500 characters"), 400
    connection = connect()
    with connection, connection.cursor() as cursor:
        cursor.execute("INSERT INTO notes (text) VALUES (%s)", (text,))
    return jsonify(text=text), 201


@app.get("/files")
def files():
    return jsonify(files=sorted(path.name for path in SHARED_FILES.iterdir() if path.is_file() and not path.name.startswith(".")))


@app.get("/files/<name>")
def read_file(name: str):
    return send_from_directory(SHARED_FILES, secure_filename(name))


@app.post("/files")
def write_file():
    upload = request.files.get("file")
    name = secure_filename(upload.filename or "") if upload else ""
    if not upload or not name:
        return jsonify(error="send a file in the field `file`"), 400
    # Another instance must never read half a file: it appears under its name when it is whole.
    partial = SHARED_FILES / f".{name}.{os.getpid()}"
    upload.save(partial)
    partial.rename(SHARED_FILES / name)
    return jsonify(name=name), 201
