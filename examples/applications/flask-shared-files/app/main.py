"""Notes in the database, files on a directory that all instances share."""

import os
import socket
import uuid
from pathlib import Path

from flask import Flask, jsonify, request, send_from_directory
from werkzeug.utils import secure_filename

from database import Unavailable, cursor

SHARED_FILES = Path(os.environ.get("SHARED_FILES", "/srv/shared"))

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 20 * 1024 * 1024  # as much as NGINX in front lets through


@app.get("/health")
def health():
    # The load balancer asks here. It must not ask the database: one slow query would take every instance out of service at once.
    return "ok", 200, {"Content-Type": "text/plain"}


@app.errorhandler(Unavailable)
def unavailable(_error):
    return jsonify(error="the database cannot be reached, try again"), 503, {"Retry-After": "5"}


@app.get("/")
def notes():
    with cursor() as rows:
        rows.execute("SELECT text FROM notes ORDER BY id DESC LIMIT 20")
        return jsonify(served_by=socket.gethostname(), notes=[text for (text,) in rows.fetchall()])


@app.post("/notes")
def write_note():
    text = request.form.get("text", "").strip()
    if not text or len(text) > 500:
        return jsonify(error="text must have 1 to 500 characters"), 400
    with cursor() as rows:
        rows.execute("INSERT INTO notes (text) VALUES (%s)", (text,))
    return jsonify(text=text), 201


@app.get("/files")
def files():
    return jsonify(files=sorted(path.name for path in SHARED_FILES.iterdir() if path.is_file() and not path.name.startswith(".")))


@app.get("/files/<name>")
def read_file(name: str):
    # As an attachment: a page that somebody uploaded must not run in the name of this site.
    return send_from_directory(SHARED_FILES, secure_filename(name), as_attachment=True)


@app.post("/files")
def write_file():
    upload = request.files.get("file")
    name = secure_filename(upload.filename or "") if upload else ""
    if not upload or not name or len(name) > 200:
        return jsonify(error="send a file in the field `file`, with a name of 1 to 200 characters"), 400
    # Another instance must never read half a file: it appears under its name when it is whole.
    partial = SHARED_FILES / f".{uuid.uuid4()}"
    try:
        upload.save(partial)
        partial.rename(SHARED_FILES / name)
    finally:
        partial.unlink(missing_ok=True)
    return jsonify(name=name), 201
