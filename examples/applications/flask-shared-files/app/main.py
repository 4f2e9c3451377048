"""Notes in the database, files on a directory that all instances share."""

import socket

from flask import Flask, request, send_from_directory
from werkzeug.utils import secure_filename

from answers import answer, created, prepare, problem
from database import cursor
from storage import LARGEST_FILE, SHARED_FILES, names, require_key, require_room, save

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = LARGEST_FILE
prepare(app)


@app.get("/health")
def health():
    # The load balancer asks here. It must not ask the database: one slow query would take every instance out of service at once.
    return "ok", 200, {"Content-Type": "text/plain"}


@app.get("/")
def notes():
    with cursor() as rows:
        rows.execute("SELECT text FROM notes ORDER BY id DESC LIMIT 20")
        texts = [text for (text,) in rows.fetchall()]
    return answer("notes.html", served_by=socket.gethostname(), notes=texts)


@app.post("/notes")
def write_note():
    require_key(request)
    text = request.form.get("text", "").strip()
    if not text or len(text) > 500:
        return problem(400, "text must have 1 to 500 characters")
    with cursor() as rows:
        rows.execute("INSERT INTO notes (text) VALUES (%s)", (text,))
    return created("/", text=text)


@app.get("/files")
def files():
    return answer("files.html", files=names())


@app.get("/files/<name>")
def read_file(name: str):
    # As an attachment: a page that somebody uploaded must not run in the name of this site.
    response = send_from_directory(SHARED_FILES, secure_filename(name), as_attachment=True)
    response.headers["X-Served-By"] = socket.gethostname()
    return response


@app.post("/files")
def write_file():
    require_room(request.content_length or 0)
    require_key(request)
    upload = request.files.get("file")
    name = secure_filename(upload.filename or "") if upload else ""
    if not upload or not name or len(name) > 200:
        return problem(400, "send a file in the field `file`, with a name of 1 to 200 characters")
    save(upload, name)
    return created("/files", name=name)
