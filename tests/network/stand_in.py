"""A stand-in for Google, Facebook, Apple and Zalo on this machine: authorize, token, profile and keys, one server.

It is strict where the services are: codes work once and for their client, redirect addresses must match, PKCE and
Zalo's secret header are checked. Whom it presents, and what it refuses, is set by the test.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

KEY_NAME = "stand-in"
SECRET = "bi-mat-cua-ung-dung-dai-du-ba-muoi-hai-ky-tu"
CLIENT = "hai-phong"


@cache
def rsa_key(_whose: str) -> rsa.RSAPrivateKey:
    """One key a name: making them takes longer than what they are used for."""
    return rsa.generate_private_key(65537, 2048)


@cache
def apple_key() -> str:
    """A key as Apple gives developers: P-256 in PEM."""
    private = ec.generate_private_key(ec.SECP256R1())
    form = serialization.PrivateFormat.PKCS8
    return private.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


@dataclass
class StandIn:
    """One service. `profile` is whom it presents; `refusal` makes the person (or the service) say no."""

    profile: dict[str, Any] = field(default_factory=dict)
    refusal: str = ""
    token_error: bool = False
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa_key("its own"))
    signing_key: rsa.RSAPrivateKey | None = None
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    address: str = ""

    def authorize(self, query: dict[str, str]) -> tuple[str, dict[str, str]]:
        """The person agrees or not: the address to go back to, and what is said there."""
        state = {"state": query["state"]} if "state" in query else {}
        if self.refusal:
            return query["redirect_uri"], {"error": self.refusal, **state}
        code = secrets.token_hex(8)
        self.codes[code] = query
        return query["redirect_uri"], {"code": code, **state}

    def token(self, form: dict[str, str], headers: Any) -> tuple[int, dict[str, Any]]:
        """A code for a token, with an id_token for those who ask by OpenID."""
        asked = self.codes.pop(form.get("code", ""), None)
        zalo = "app_id" in form
        secret = headers.get("secret_key") if zalo else form.get("client_secret")
        fits = asked is not None and not self.token_error and self._proven(asked, form)
        if not fits or (not self._is_apple(secret) and secret != SECRET):
            # Zalo says so with status 200.
            refusal = {"error": -14005, "error_name": "Invalid code"} if zalo else {"error": "invalid_grant"}
            return (200 if zalo else 400), refusal
        token = secrets.token_hex(8)
        self.tokens.add(token)
        return 200, {"access_token": token, "token_type": "bearer", "expires_in": "3600", **self._id_token()}

    def _proven(self, asked: dict[str, str], form: dict[str, str]) -> bool:
        challenge = asked.get("code_challenge")
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        kept = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        back = form.get("redirect_uri", asked["redirect_uri"])
        return back == asked["redirect_uri"] and (challenge is None or challenge == kept)

    def _is_apple(self, secret: str | None) -> bool:
        """Apple's secret is a token that the app signs itself."""
        return bool(secret) and secret.count(".") == 2 and jwt.get_unverified_header(secret)["alg"] == "ES256"

    def _id_token(self) -> dict[str, str]:
        if "iss" not in self.profile:
            return {}
        now = int(time.time())
        claims = {"aud": CLIENT, "iat": now, "exp": now + 600, "sub": self.profile["id"], **self.profile}
        key = self.signing_key or self.key
        return {"id_token": jwt.encode(claims, key, algorithm="RS256", headers={"kid": KEY_NAME})}

    def keys(self) -> dict[str, Any]:
        """The public half of the key, as JWKS."""
        jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**jwk, "kid": KEY_NAME, "use": "sig", "alg": "RS256"}]}

    def told(self, token: str | None) -> dict[str, Any]:
        """The profile, for whoever holds a token that was given out."""
        return self.profile if token in self.tokens else {"error": 452, "message": "Session key invalid"}


class _Door(BaseHTTPRequestHandler):
    service: StandIn

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.service.asked.append((parts.path, query))
        if parts.path.endswith("/authorize"):
            return self._send_back(*self.service.authorize(query))
        if parts.path.endswith("/access_token"):
            return self._say(*self.service.token(query, self.headers))
        if parts.path == "/keys":
            return self._say(200, self.service.keys())
        bearer = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        return self._say(
            200, self.service.told(self.headers.get("access_token") or query.get("access_token") or bearer)
        )

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(raw).items()}
        self.service.asked.append((self.path, form))
        self._say(*self.service.token(form, self.headers))

    def _send_back(self, address: str, said: dict[str, str]) -> None:
        self.send_response(302)
        self.send_header("Location", f"{address}?{urlencode(said)}")
        self.end_headers()

    def _say(self, status: int, body: dict[str, Any]) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_words: Any) -> None:
        """Say nothing in the tests' output."""


@contextmanager
def served() -> Iterator[StandIn]:
    """A stand-in at work; `address` says where."""
    service = StandIn()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Door", (_Door,), {"service": service}))
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
