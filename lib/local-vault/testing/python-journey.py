"""A key's journey through azure-keyvault-keys as Debian packages it, unmodified and with all its checks on.

Reads {"vault", "hsm", "address", "token", "clientId", "clientSecret", "auditor": {...}, "ca", "policy", "attestation"} as JSON on
stdin, writes {"steps": [...], "released": {"value", "n"}} on stdout, and ends with a traceback where something is not as it should be.
"""

import base64
import hashlib
import json
import os
import socket
import ssl
import sys
import time
import urllib.parse
import urllib.request

from azure.core.credentials import AccessToken
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.keyvault.keys import (
    JsonWebKey,
    KeyClient,
    KeyReleasePolicy,
    KeyRotationLifetimeAction,
    KeyRotationPolicy,
    KeyRotationPolicyAction,
)
from azure.keyvault.keys.crypto import (
    CryptographyClient,
    EncryptionAlgorithm,
    KeyWrapAlgorithm,
    SignatureAlgorithm,
)
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.keywrap import aes_key_wrap_with_padding

given = json.load(sys.stdin)
os.environ["REQUESTS_CA_BUNDLE"] = given["ca"]
steps = []

# What an entry in /etc/hosts (or a resolver that follows RFC 6761) does for names under .localhost.
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **more: resolve(
    "127.0.0.1" if isinstance(host, str) and host.endswith(".localhost") else host, *rest, **more
)


class ClientSecret:
    """azure-identity's own would first ask login.microsoftonline.com whether the authority is one."""

    def __init__(self, client_id, client_secret):
        self._form = {"client_id": client_id, "client_secret": client_secret, "grant_type": "client_credentials"}
        self.scopes = set()

    def get_token(self, *scopes, **_more):
        self.scopes.update(scopes)
        form = urllib.parse.urlencode({**self._form, "scope": " ".join(scopes)}).encode()
        context = ssl.create_default_context(cafile=given["ca"])
        with urllib.request.urlopen(given["token"], form, context=context) as response:
            token = json.load(response)
        return AccessToken(token["access_token"], int(time.time()) + token["expires_in"])


def step(name):
    steps.append(name)


def refused(call, kind, status):
    try:
        call()
    except HttpResponseError as error:
        assert isinstance(error, kind), error
        assert error.status_code == status, error
        return error
    raise AssertionError("it was not refused")


def number(value):
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


credential = ClientSecret(given["clientId"], given["clientSecret"])
client = KeyClient(given["vault"], credential)
digest = hashlib.sha256(b"a message").digest()


def create():
    key = client.create_rsa_key("rsa", size=2048, tags={"of": "python"})
    assert key.key_type == "RSA" and key.properties.tags == {"of": "python"}
    assert client.create_ec_key("ec", curve="P-256", hardware_protected=True).key_type == "EC-HSM"
    updated = client.update_key_properties("rsa", enabled=True, tags={"of": "python", "seen": "yes"})
    assert updated.properties.tags["seen"] == "yes"
    assert client.get_key("rsa", key.properties.version).id == key.id
    refused(lambda: client.get_key("absent"), ResourceNotFoundError, 404)
    assert key.id.startswith(given["vault"] + "/keys/rsa/")
    step("create, get, update")


def import_clear():
    private = rsa.generate_private_key(65537, 2048).private_numbers()
    public = private.public_numbers
    parts = {"n": public.n, "e": public.e, "d": private.d, "p": private.p, "q": private.q}
    parts.update({"dp": private.dmp1, "dq": private.dmq1, "qi": private.iqmp})
    jwk = JsonWebKey(kty="RSA", key_ops=["sign", "verify"], **{name: number(part) for name, part in parts.items()})
    imported = client.import_key("clear", jwk)
    assert imported.key.n == number(public.n) and imported.key_operations == ["sign", "verify"]
    step("import a clear key")


def import_wrapped():
    kek = client.create_rsa_key("kek", size=2048, hardware_protected=True, key_operations=["import"])
    private = ec.generate_private_key(ec.SECP256R1())
    form = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    aes_key = os.urandom(32)
    modulus = rsa.RSAPublicNumbers(int.from_bytes(kek.key.e, "big"), int.from_bytes(kek.key.n, "big"))
    oaep = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
    ciphertext = modulus.public_key().encrypt(aes_key, oaep)
    ciphertext += aes_key_wrap_with_padding(aes_key, private.private_bytes(*form))
    blob = {
        "schema_version": "1.0.0",
        "header": {"kid": kek.id, "alg": "dir", "enc": "CKM_RSA_AES_KEY_WRAP"},
        "ciphertext": base64.urlsafe_b64encode(ciphertext).decode().rstrip("="),
        "generator": "python-journey",
    }
    jwk = JsonWebKey(kty="EC-HSM", crv="P-256", key_ops=["sign", "verify"], t=json.dumps(blob).encode())
    imported = client.import_key("wrapped", jwk)
    assert int.from_bytes(imported.key.x, "big") == private.public_key().public_numbers().x
    step("import a transfer blob")


def list_everything():
    for at in range(30):
        client.create_ec_key(f"many-{at}")
    pages = [list(page) for page in client.list_properties_of_keys(max_page_size=10).by_page()]
    names = [item.name for page in pages for item in page]
    assert len(pages) >= 4 and len(names) == len(set(names)), pages
    assert {"rsa", "ec", "clear", "kek", "wrapped", *(f"many-{at}" for at in range(30))} == set(names)
    second = client.create_rsa_key("rsa", size=3072)
    versions = {item.version for item in client.list_properties_of_key_versions("rsa")}
    assert len(versions) == 2 and second.properties.version in versions
    step("list in pages, list versions")


def cryptography():
    """Encrypts, wraps and verifies by itself with the public key; the vault does the other halves."""
    crypto = client.get_cryptography_client("rsa")
    for algorithm in (SignatureAlgorithm.rs256, SignatureAlgorithm.ps256):
        signed = crypto.sign(algorithm, digest)
        assert crypto.verify(algorithm, digest, signed.signature).is_valid
        assert not crypto.verify(algorithm, hashlib.sha256(b"another").digest(), signed.signature).is_valid
    curve = client.get_cryptography_client("ec")
    assert curve.verify(SignatureAlgorithm.es256, digest, curve.sign(SignatureAlgorithm.es256, digest).signature).is_valid
    step("sign and verify")
    for algorithm in (EncryptionAlgorithm.rsa_oaep, EncryptionAlgorithm.rsa_oaep_256):
        sealed = crypto.encrypt(algorithm, b"for the vault")
        assert crypto.decrypt(algorithm, sealed.ciphertext).plaintext == b"for the vault"
    step("encrypt and decrypt")
    wrapped = crypto.wrap_key(KeyWrapAlgorithm.rsa_oaep_256, digest)
    assert crypto.unwrap_key(KeyWrapAlgorithm.rsa_oaep_256, wrapped.encrypted_key).key == digest
    step("wrap and unwrap")


def follow_kids():
    """By the vault's name, and by its address: no resource is a parent domain of that, so the check is turned off there."""
    key = client.get_key("clear")
    signed = CryptographyClient(key, credential).sign(SignatureAlgorithm.rs256, digest)
    by_address = KeyClient(given["address"], credential, verify_challenge_resource=False).get_key("clear")
    assert by_address.id.startswith(given["address"]) and by_address.properties.version == key.properties.version
    other = CryptographyClient(by_address.id, credential, verify_challenge_resource=False)
    assert other.sign(SignatureAlgorithm.rs256, digest).signature == signed.signature
    step("follow kids")


def delete_and_return():
    deleted = client.begin_delete_key("many-0").result()
    assert deleted.scheduled_purge_date > deleted.deleted_date
    assert client.get_deleted_key("many-0").name == "many-0"
    refused(lambda: client.create_ec_key("many-0"), ResourceExistsError, 409)
    assert client.begin_recover_deleted_key("many-0").result().name == "many-0"
    assert client.get_key("many-0").name == "many-0"
    step("delete and recover")
    backup = client.backup_key("rsa")
    versions = {item.version for item in client.list_properties_of_key_versions("rsa")}
    client.begin_delete_key("rsa").wait()
    assert "rsa" in [item.name for item in client.list_deleted_keys()]
    client.purge_deleted_key("rsa")
    refused(lambda: client.get_deleted_key("rsa"), ResourceNotFoundError, 404)
    step("delete and purge")
    client.restore_key_backup(backup)
    assert {item.version for item in client.list_properties_of_key_versions("rsa")} == versions
    refused(lambda: client.restore_key_backup(backup), ResourceExistsError, 409)
    step("backup and restore")


def rotate():
    action = KeyRotationLifetimeAction(KeyRotationPolicyAction.rotate, time_after_create="P90D")
    client.update_key_rotation_policy("ec", KeyRotationPolicy(), lifetime_actions=[action], expires_in="P2Y")
    policy = client.get_key_rotation_policy("ec")
    assert policy.expires_in == "P2Y" and policy.lifetime_actions[0].time_after_create == "P90D"
    before = client.get_key("ec")
    after = client.rotate_key("ec")
    assert after.properties.version != before.properties.version and after.properties.expires_on
    step("rotate by and without a policy")


def release():
    policy = KeyReleasePolicy(given["policy"].encode())
    key = client.create_rsa_key("released", hardware_protected=True, exportable=True, release_policy=policy)
    value = client.release_key("released", given["attestation"], nonce="ADE0101").value
    step("release")
    return {"value": value, "n": key.key.n.hex()}


def managed_hsm():
    hsm = KeyClient(given["hsm"], ClientSecret(given["clientId"], given["clientSecret"]))
    assert len(hsm.get_random_bytes(32)) == 32
    key = hsm.create_oct_key("oct", size=256, hardware_protected=True)
    assert key.key_type == "oct-HSM" and key.key.k is None
    crypto = hsm.get_cryptography_client("oct")
    sealed = crypto.encrypt(EncryptionAlgorithm.a256_gcm, b"for the HSM", additional_authenticated_data=b"beside it")
    opened = crypto.decrypt(
        EncryptionAlgorithm.a256_gcm,
        sealed.ciphertext,
        iv=sealed.iv,
        authentication_tag=sealed.tag,
        additional_authenticated_data=b"beside it",
    )
    assert opened.plaintext == b"for the HSM"
    step("a Managed HSM")


def be_refused():
    auditor = KeyClient(given["vault"], ClientSecret(given["auditor"]["clientId"], given["auditor"]["clientSecret"]))
    assert auditor.get_key("clear").name == "clear"
    error = refused(lambda: auditor.create_ec_key("mine"), HttpResponseError, 403)
    assert "Caller is not authorized to perform action on resource." in error.message, error.message
    assert error.error.code == "Forbidden" and error.error.innererror["code"] == "ForbiddenByRbac"
    step("be refused")


create()
import_clear()
import_wrapped()
list_everything()
cryptography()
follow_kids()
delete_and_return()
rotate()
released = release()
managed_hsm()
be_refused()
# The check of the challenge was on: by name, tokens were for a resource of which the name is a subdomain.
port = urllib.parse.urlparse(given["vault"]).port
assert credential.scopes == {f"https://localhost:{port}/.default", "https://vault.azure.net/.default"}, credential.scopes
json.dump({"steps": steps, "released": released}, sys.stdout)
