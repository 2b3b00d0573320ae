#!/usr/bin/env bash
# Makes the key files beside this script anew, all of them: throw-away keys, made by the tools that people make theirs
# with. Needs openssl 3, keytool, certtool, ssh-keygen, gpg, node. The passphrase is "correct horse".
set -euo pipefail
cd "$(dirname "$0")"
find . -type f ! -name 'make.sh' ! -name '*.mjs' -delete
pass='correct horse'
export OPENSSL_CONF=/dev/null

# The five keys that most files hold, and what their public halves are known by
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pkcs8.pem
for curve in p256:prime256v1 p384:secp384r1 p521:secp521r1 p256k:secp256k1; do
  openssl genpkey -quiet -algorithm EC -pkeyopt "ec_paramgen_curve:${curve#*:}" -pkeyopt ec_param_enc:named_curve -out "${curve%:*}.pkcs8.pem"
done
for key in rsa p256 p384 p521 p256k; do
  openssl pkey -in "$key.pkcs8.pem" -pubout -outform DER -out "$key.spki"
  openssl pkcs8 -topk8 -nocrypt -in "$key.pkcs8.pem" -outform DER -out "$key.pkcs8.der"
done
openssl rsa -in rsa.pkcs8.pem -traditional -out rsa.pkcs1.pem
openssl rsa -in rsa.pkcs8.pem -traditional -outform DER -out rsa.pkcs1.der
for key in p256 p384 p521 p256k; do openssl ec -in "$key.pkcs8.pem" -out "$key.sec1.pem"; done
openssl ec -in p256.pkcs8.pem -outform DER -out p256.sec1.der

# Curves in other words: described in full, points compressed and hybrid, no public half
for key in p256 p384 p521 p256k; do openssl ec -in "$key.pkcs8.pem" -param_enc explicit -out "$key.explicit.pem"; done
openssl pkcs8 -topk8 -nocrypt -in p256.explicit.pem -out p256.explicit-pkcs8.pem
openssl ec -in p256.pkcs8.pem -conv_form compressed -out p256.compressed.pem
openssl ec -in p256.pkcs8.pem -conv_form hybrid -out p256.hybrid.pem
openssl ec -in p256.pkcs8.pem -no_public -out p256.no-public.pem
(openssl ecparam -name prime256v1 && cat p256.sec1.pem) >p256.with-parameters.pem

# Encrypted PKCS#8
enc() { openssl pkcs8 -topk8 -in "$1.pkcs8.pem" -passout "pass:$pass" "${@:3}" -out "$2"; }
enc rsa rsa.pbes2-aes256-sha256.pem -v2 aes-256-cbc -iter 2048
enc rsa rsa.pbes2-aes256-sha256.der -v2 aes-256-cbc -iter 2048 -outform DER
enc p256 p256.pbes2-aes192-sha512.pem -v2 aes-192-cbc -v2prf hmacWithSHA512 -iter 2048
enc p256 p256.pbes2-des3-sha1.pem -v2 des3 -v2prf hmacWithSHA1 -iter 2048
enc p384 p384.scrypt.pem -scrypt -scrypt_N 1024
enc p384 p384.scrypt.der -scrypt -scrypt_N 1024 -outform DER
enc p256 p256.pbes1-3des.pem -v1 PBE-SHA1-3DES
enc p256 p256.pbes1-md5-des.pem -v1 PBE-MD5-DES -provider legacy -provider default
enc p256 p256.too-many-iterations.pem -v2 aes-256-cbc -iter 10000001
openssl pkcs8 -topk8 -in p256.pkcs8.pem -passout 'pass:' -v2 aes-256-cbc -out p256.empty-passphrase.pem

# OpenSSL's own encryption of PEM
for cipher in aes128 aes192 aes256 des3 camellia256; do
  openssl rsa -in rsa.pkcs8.pem -traditional "-$cipher" -passout "pass:$pass" -out "rsa.legacy-$cipher.pem"
done
openssl rsa -provider legacy -provider default -in rsa.pkcs8.pem -traditional -des -passout "pass:$pass" -out rsa.legacy-des.pem
openssl ec -in p521.pkcs8.pem -aes256 -passout "pass:$pass" -out p521.legacy-aes256.pem

# OpenSSH
ssh() { # name, type, and more of ssh-keygen's options
  ssh-keygen -q -t "$2" -C "officer@example" -f "$1" "${@:3}"
  ssh-keygen -e -m PKCS8 -f "$1.pub" | openssl pkey -pubin -outform DER -out "$1.spki" || true
  [ "$1" = ssh-rsa ] && mv "$1.pub" ssh-rsa.public || rm "$1.pub"
}
ssh ssh-rsa rsa -b 2048 -N ''
for bits in 256 384 521; do ssh "ssh-ecdsa-$bits" ecdsa -b "$bits" -N ''; done
for cipher in aes128-cbc aes192-cbc aes256-cbc aes128-ctr aes192-ctr aes256-ctr aes128-gcm@openssh.com aes256-gcm@openssh.com chacha20-poly1305@openssh.com 3des-cbc; do
  ssh "ssh-ecdsa-${cipher%%@*}" ecdsa -b 256 -a 2 -Z "$cipher" -N "$pass"
done
ssh ssh-rsa-aes256-ctr rsa -b 2048 -N "$pass"
ssh ssh-rounds-257 ecdsa -b 256 -a 257 -N "$pass"
ssh ssh-ed25519 ed25519 -N ''
ssh ssh-dsa dsa -N ''
rm -f ssh-ed25519.spki ssh-dsa.spki

# GnuTLS, with its text before the key
certtool --generate-privkey --key-type=rsa --bits=2048 --outfile gnutls-rsa.pem
certtool --generate-privkey --key-type=ecdsa --curve=secp384r1 --outfile gnutls-p384.pem
certtool --generate-privkey --key-type=ecdsa --curve=secp256r1 --pkcs8 --pkcs-cipher=aes-256 --password="$pass" --outfile gnutls-pkcs8.pem
for key in gnutls-rsa gnutls-p384; do openssl pkey -in "$key.pem" -pubout -outform DER -out "$key.spki"; done
openssl pkey -in gnutls-pkcs8.pem -passin "pass:$pass" -pubout -outform DER -out gnutls-pkcs8.spki

# Files with more than a key in them
openssl req -x509 -key rsa.pkcs8.pem -subj '/CN=throw-away' -days 36500 -out certificate.pem
openssl x509 -in certificate.pem -outform DER -out certificate.der
openssl x509 -in certificate.pem -trustout -addtrust serverAuth -out certificate.trusted.pem
openssl crl2pkcs7 -nocrl -certfile certificate.pem -out certificate.p7b.pem
openssl crl2pkcs7 -nocrl -certfile certificate.pem -outform DER -out certificate.p7b
openssl pkcs12 -export -in certificate.pem -inkey rsa.pkcs8.pem -name 'payment key 2026' -passout "pass:$pass" -iter 2048 -out rsa.p12
certtool --to-p12 --load-privkey gnutls-rsa.pem --p12-name 'payment key' --password "$pass" --outfile gnutls-rsa.p12.pem
openssl pkcs12 -in rsa.p12 -passin "pass:$pass" -nodes -out rsa.bag-attributes.pem
openssl pkcs12 -in rsa.p12 -passin "pass:$pass" -passout "pass:$pass" -out rsa.bag-attributes-encrypted.pem
openssl pkcs12 -export -in certificate.pem -nokeys -passout "pass:$pass" -iter 2048 -out certificate-only.p12
cat rsa.pbes2-aes256-sha256.pem p256.sec1.pem p521.legacy-aes256.pem >three-keys-two-encrypted.pem

# What shells, mail and settings files do to PEM
sed 's/$/\r/' p256.pkcs8.pem >p256.crlf.pem
(printf '\xef\xbb\xbf' && cat p256.pkcs8.pem) >p256.utf8-mark.pem
(printf '\xff\xfe' && iconv -t UTF-16LE p256.pkcs8.pem) >p256.utf16le.pem
iconv -t UTF-16BE p256.pkcs8.pem >p256.utf16be-unmarked.pem
(printf 'Dear colleague,\nhere it is: M\xfcller\n\n  ' && sed 's/^/  /' p256.pkcs8.pem && printf '\nRegards') >p256.in-a-letter.pem
(sed -n 1p p256.pkcs8.pem && sed '1d;$d' p256.pkcs8.pem | tr -d '\n' | fold -w 17 && echo && sed -n '$p' p256.pkcs8.pem) >p256.odd-lines.pem
tr -d '\n' <p256.pkcs8.pem >p256.one-line.pem
(printf 'KEY="' && sed 's/$/\\n/' p256.pkcs8.pem | tr -d '\n' && printf '"\n') >p256.env
base64 p256.pkcs8.der >p256.pkcs8.base64
base64 -w0 p256.pkcs8.pem >p256.pem.base64
sed 's/BEGIN PRIVATE/BEGIN EC PRIVATE/;s/END PRIVATE/END EC PRIVATE/' p256.pkcs8.pem >p256.wrong-label.pem

# Not keys that a vault takes
for kind in ed25519 ed448 x25519 x448; do openssl genpkey -quiet -algorithm "$kind" -out "$kind.pem"; done
openssl genpkey -quiet -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out rsa-pss.pem
openssl genpkey -quiet -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_pss_keygen_md:sha256 -out rsa-pss-restricted.pem
openssl genrsa -primes 3 -out multi-prime.pem 2048
openssl genrsa -out rsa-1024.pem 1024
openssl genrsa -out rsa-2056.pem 2056
openssl genrsa -out rsa-8192.pem 8192
openssl genrsa -3 -out rsa-exponent-3.pem 2048
openssl dsaparam -genkey -out dsa-with-parameters.pem 1024
openssl pkcs8 -topk8 -nocrypt -in dsa-with-parameters.pem -out dsa.pkcs8.pem
openssl pkey -in dsa.pkcs8.pem -traditional -out dsa.pem
openssl genpkey -quiet -algorithm DH -pkeyopt group:ffdhe2048 -out dh.pem
openssl ecparam -name prime256v1 -out parameters.pem
for curve in brainpoolP256r1 secp224r1 sect283r1 SM2; do
  openssl ecparam -name "$curve" -genkey -noout -out "$curve.pem"
done
openssl ec -in brainpoolP256r1.pem -param_enc explicit -out brainpoolP256r1.explicit.pem
openssl ec -in sect283r1.pem -param_enc explicit -out sect283r1.explicit.pem
openssl pkey -in rsa.pkcs8.pem -pubout -out public.pem
openssl rsa -in rsa.pkcs8.pem -RSAPublicKey_out -out public.pkcs1.pem
cat certificate.pem public.pem rsa.pkcs1.pem p256.sec1.pem p384.pkcs8.pem >three-keys.pem
cat ed25519.pem p256.sec1.pem rsa-1024.pem >one-of-three.pem
openssl rsa -in rsa.pkcs8.pem -RSAPublicKey_out -outform DER -out public.pkcs1.der
openssl req -new -key rsa.pkcs8.pem -subj '/CN=throw-away' -out request.pem
openssl req -in request.pem -outform DER -out request.der
touch index.txt && openssl ca -config <(printf '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=36500\n') \
  -gencrl -keyfile rsa.pkcs8.pem -cert certificate.pem -out revocations.pem
rm -f index.txt*
openssl rsa -in rsa.pkcs8.pem -outform MSBLOB -out rsa.msblob
openssl rsa -in rsa.pkcs8.pem -outform PVK -pvk-none -out rsa.pvk

# Java's own keystores
for type in jks jceks; do
  keytool -genkeypair -alias key -keyalg RSA -keysize 2048 -dname CN=throw-away -validity 36500 -storetype "$type" \
    -keystore "keystore.$type" -storepass correcthorse -keypass correcthorse
done
keytool -genkeypair -alias 'hsm key' -keyalg EC -groupname secp384r1 -dname CN=throw-away -validity 36500 -storetype pkcs12 \
  -keystore keystore.p12 -storepass correcthorse

# OpenPGP
export GNUPGHOME; GNUPGHOME=$(mktemp -d)
gpg --batch --passphrase '' --quick-generate-key throw-away rsa2048 sign never
gpg --armor --export-secret-keys >pgp-secret.asc
gpg --export-secret-keys >pgp-secret.gpg
gpg --armor --export >pgp-public.asc
gpg --export >pgp-public.gpg
rm -rf "$GNUPGHOME"

# Symmetric keys: 16, 24, 32 bytes
for size in 16 24 32; do
  openssl rand "$size" >"aes-$size.bin"
  xxd -p -c 64 "aes-$size.bin" >"aes-$size.hex"
  base64 "aes-$size.bin" >"aes-$size.base64"
done
base64 aes-32.bin | tr '+/' '-_' | tr -d '=\n' >aes-32.base64url
xxd -p -c 64 -u aes-16.bin | sed 's/../&:/g;s/:$//' >aes-16.colons.hex
(printf 0x && cat aes-32.hex) >aes-32.0x.hex
openssl rand 20 >twenty-bytes.bin

# What no tool makes: JWKs, keys that contradict themselves, PuTTY's and others' formats by hand
node make-by-hand.mjs
