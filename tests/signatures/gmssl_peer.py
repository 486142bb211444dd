"""Signs and verifies with the Python package gmssl: another implementation of SM2, beside OpenSSL.

    gmssl_peer.py sign MESSAGE_HEX USER_ID       -> {"key", "raw", "der"}: a new key's signature of a message, in both forms
    gmssl_peer.py private                        -> {"private", "key"}
    gmssl_peer.py sign_e_with PRIVATE KEY E_HEX  -> {"raw"}
    gmssl_peer.py verify KEY RAW MESSAGE_HEX     -> {"holds": bool}, with the user id 1234567812345678
"""

import json
import secrets
import sys

from gmssl import func, sm2, sm3

CURVE_A_TO_G = (
    "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC"
    "28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93"
    "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
    "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"
)


def pair():
    """A private key and its public key; gmssl damages a public key that is handed over with 04 before it."""
    private = "%064x" % (1 + secrets.randbelow(int(sm2.default_ecc_table["n"], 16) - 2))
    key = sm2.CryptSM2(private_key=private, public_key="")
    return private, key._kg(int(private, 16), sm2.default_ecc_table["g"])


def e_of(message, user_id, key):
    """SM3(Z‖M), by gmssl's SM3 alone."""
    head = "%04x" % (8 * len(user_id)) + user_id.hex()
    z = sm3.sm3_hash(list(bytes.fromhex(head + CURVE_A_TO_G + key)))
    return sm3.sm3_hash(list(bytes.fromhex(z) + message))


def sign_e(private, key, e, asn1=False):
    signer = sm2.CryptSM2(private_key=private, public_key=key, asn1=asn1)
    return signer.sign(bytes.fromhex(e), func.random_hex(signer.para_len))


def main(what, *arguments):
    if what == "sign":
        message, user_id = bytes.fromhex(arguments[0]), arguments[1].encode("utf-8")
        private, key = pair()
        e = e_of(message, user_id, key)
        return {"key": key, "raw": sign_e(private, key, e), "der": sign_e(private, key, e, asn1=True)}
    if what == "private":
        private, key = pair()
        return {"private": private, "key": key}
    if what == "sign_e_with":
        private, key, e = arguments
        return {"raw": sign_e(private, key, e)}
    if what == "verify":
        key, raw, message = arguments
        return {"holds": sm2.CryptSM2(private_key="", public_key=key).verify_with_sm3(raw, bytes.fromhex(message))}
    raise SystemExit(__doc__)


print(json.dumps(main(*sys.argv[1:])))
