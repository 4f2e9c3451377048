"""The same answer in two forms: a page for a person with a browser, JSON for everybody else."""

import os

from flask import Flask, jsonify, redirect, render_template, request
from werkzeug.exceptions import HTTPException

from database import Unavailable
from storage import Full, NotAllowed

HEADERS = {
    # Whatever somebody uploaded is what its name says, and never a script of this site.
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "same-origin",
}


def wants_page() -> bool:
    return request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"


def answer(template: str, **values):
    if wants_page():
        return render_template(template, **values)
    return jsonify(**values)


def created(location: str, **values):
    """A browser goes on to a page, so that loading it again does not send the form again."""
    if wants_page():
        return redirect(location, 303)
    return jsonify(**values), 201


def problem(status: int, text: str, **headers):
    body = render_template("problem.html", status=status, text=text) if wants_page() else jsonify(error=text)
    return body, status, headers


def prepare(app: Flask) -> None:
    app.config["UPLOAD_KEY_NEEDED"] = bool(os.environ.get("UPLOAD_KEY"))

    @app.after_request
    def protect(response):
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.vary.add("Accept")
        return response

    @app.errorhandler(Unavailable)
    def unavailable(_error):
        return problem(503, "the database cannot be reached, try again", **{"Retry-After": "5"})

    @app.errorhandler(Full)
    def full(_error):
        return problem(507, "there is no room for more files: remove some, or raise SHARED_FILES_MAX_MIB or SHARED_FILES_MAX_COUNT")

    @app.errorhandler(NotAllowed)
    def not_allowed(_error):
        return problem(403, "writing needs the upload key: send it in the field `key` or in the header X-Upload-Key")

    @app.errorhandler(HTTPException)
    def refused(error):
        if error.code is None or error.code < 400:
            return error
        return problem(error.code, error.description or error.name)
