import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { isIP } from 'node:net'

/** @param {string} file */
function readable(file) {
  try {
    return readFileSync(file)
  } catch {
    return undefined // the caller says which setting names it
  }
}

/** @template T @param {() => T} parse @returns {T | undefined} */
function parsed(parse) {
  try {
    return parse()
  } catch {
    return undefined // no PEM of that kind, or one that asks for a passphrase
  }
}

/** Others on the machine may read it. @param {string} file */
const isOpen = (file) => (statSync(file).mode & 0o007) !== 0

/**
 * What is wrong with the certificate and the key that the console is to serve with, each by its setting; [] when nothing.
 * @param {{ cert: string, key: string }} files Paths of PEM files. @param {string} hostname The public origin's.
 * @param {number} [now] Milliseconds.
 * @returns {{ name: string, should: string }[]}
 */
export function tlsProblems({ cert, key }, hostname, now = Date.now()) {
  const [certText, keyText] = [readable(cert), readable(key)]
  const [certificate, privateKey] = [
    certText && parsed(() => new X509Certificate(certText)),
    keyText && parsed(() => createPrivateKey(keyText)),
  ]
  /** @type {{ name: string, should: string }[]} */
  const problems = []
  const wrong = (/** @type {string} */ name, /** @type {string} */ should) => problems.push({ name, should })
  if (!certText) wrong('DRAWBRIDGE_TLS_CERT', 'the path of a file that the console may read')
  else if (!certificate) wrong('DRAWBRIDGE_TLS_CERT', 'a PEM certificate, followed by those that vouch for it')
  if (!keyText) wrong('DRAWBRIDGE_TLS_KEY', 'the path of a file that the console may read')
  else if (!privateKey) wrong('DRAWBRIDGE_TLS_KEY', 'a PEM private key without a passphrase')
  else if (isOpen(key)) wrong('DRAWBRIDGE_TLS_KEY', 'readable for its owner alone: chmod 600 that file')
  if (!certificate) return problems
  if (privateKey && !certificate.checkPrivateKey(privateKey))
    wrong('DRAWBRIDGE_TLS_KEY', 'the key of the certificate in DRAWBRIDGE_TLS_CERT')
  if (Date.parse(certificate.validTo) <= now)
    wrong('DRAWBRIDGE_TLS_CERT', `a certificate that has not expired; this one did on ${certificate.validTo}`)
  if (Date.parse(certificate.validFrom) > now)
    wrong('DRAWBRIDGE_TLS_CERT', `a certificate that is valid already; this one is from ${certificate.validFrom}`)
  const bare = hostname.replace(/^\[|\]$/g, '')
  if (!(isIP(bare) ? certificate.checkIP(bare) : certificate.checkHost(bare)))
    wrong('DRAWBRIDGE_TLS_CERT', `a certificate for ${bare}, the name in DRAWBRIDGE_URL`)
  return problems
}
