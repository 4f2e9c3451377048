"""A bookstore: books in Aurora, covers on a directory that all instances share."""

import re
import socket
import uuid
from pathlib import Path

from flask import Flask, jsonify, request, send_from_directory
from werkzeug.utils import secure_filename

from answers import answer, created, prepare, problem
from database import cursor
from storage import LARGEST_FILE, SHARED_FILES, require_key, require_room, save

COLUMNS = ("id", "title", "author", "price_cents", "cover")
PICTURES = {".gif", ".jpeg", ".jpg", ".png", ".webp"}

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = LARGEST_FILE
prepare(app)


@app.get("/health")
def health():
    # The load balancer asks here. It must not ask the database: one slow query would take every instance out of service at once.
    return "ok", 200, {"Content-Type": "text/plain"}


@app.get("/")
def books():
    with cursor() as rows:
        rows.execute("SELECT id, title, author, price_cents, cover FROM books ORDER BY title LIMIT 100")
        found = [dict(zip(COLUMNS, row)) for row in rows.fetchall()]
    return answer("books.html", books=found, served_by=socket.gethostname())


@app.get("/books/<int(max=2147483647):number>")
def book(number: int):
    with cursor() as rows:
        rows.execute("SELECT id, title, author, price_cents, cover FROM books WHERE id = %s", (number,))
        row = rows.fetchone()
    return jsonify(dict(zip(COLUMNS, row))) if row else problem(404, "there is no such book")


@app.post("/books")
def add_book():
    require_room(request.content_length or 0)
    require_key(request)
    title, author = (request.form.get(name, "").strip() for name in ("title", "author"))
    price = request.form.get("price_cents", "")
    if not (0 < len(title) <= 200 and 0 < len(author) <= 200 and re.fullmatch("[0-9]{1,9}", price)):
        return problem(400, "title and author need 1 to 200 characters, price_cents 1 to 9 digits")
    picture = request.files.get("cover")
    picture = picture if picture and picture.filename else None  # a browser sends the field even when nothing was chosen
    ending = Path(picture.filename).suffix.lower() if picture else ""
    if picture and ending not in PICTURES:
        return problem(400, f"a cover is a picture: {', '.join(sorted(PICTURES))}")
    with cursor() as rows:
        # A name of our own: two books may both come with a `cover.png`.
        name = f"{uuid.uuid4()}{ending}" if picture else None
        if picture:
            save(picture, name)
        rows.execute("INSERT INTO books (title, author, price_cents, cover) VALUES (%s, %s, %s, %s)", (title, author, int(price), name))
        number = rows.lastrowid
    return created("/", id=number, cover=name)


@app.get("/covers/<name>")
def cover(name: str):
    response = send_from_directory(SHARED_FILES, secure_filename(name))
    response.headers["X-Served-By"] = socket.gethostname()
    return response
