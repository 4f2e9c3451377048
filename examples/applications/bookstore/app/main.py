"""A bookstore: books in Aurora, covers on a directory that all instances share."""

import os
import re
import uuid
from pathlib import Path

from flask import Flask, jsonify, request, send_from_directory
from werkzeug.utils import secure_filename

from database import Unavailable, cursor

COVERS = Path(os.environ.get("SHARED_FILES", "/srv/shared"))
PICTURES = {".gif", ".jpeg", ".jpg", ".png", ".webp"}

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
def books():
    with cursor() as rows:
        rows.execute("SELECT id, title, author, price_cents, cover FROM books ORDER BY title LIMIT 100")
        names = ("id", "title", "author", "price_cents", "cover")
        return jsonify(books=[dict(zip(names, row)) for row in rows.fetchall()])


@app.post("/books")
def add_book():
    title, author = (request.form.get(name, "").strip() for name in ("title", "author"))
    price = request.form.get("price_cents", "")
    if not (0 < len(title) <= 200 and 0 < len(author) <= 200 and re.fullmatch("[0-9]{1,9}", price)):
        return jsonify(error="title and author need 1 to 200 characters, price_cents 1 to 9 digits"), 400
    picture = request.files.get("cover")
    ending = Path(picture.filename or "").suffix.lower() if picture else ""
    if picture and ending not in PICTURES:
        return jsonify(error=f"a cover is a picture: {', '.join(sorted(PICTURES))}"), 400
    with cursor() as rows:
        name = save_cover(picture, ending) if picture else None
        rows.execute("INSERT INTO books (title, author, price_cents, cover) VALUES (%s, %s, %s, %s)", (title, author, int(price), name))
        return jsonify(id=rows.lastrowid, cover=name), 201


@app.get("/covers/<name>")
def cover(name: str):
    return send_from_directory(COVERS, secure_filename(name))


def save_cover(picture, ending: str) -> str:
    # A name of our own: two books may both come with a `cover.png`.
    name = f"{uuid.uuid4()}{ending}"
    # Another instance must never read half a file: it appears under its name when it is whole.
    partial = COVERS / f".{name}"
    try:
        picture.save(partial)
        partial.rename(COVERS / name)
    finally:
        partial.unlink(missing_ok=True)
    return name
