/**
 * What the transfer sheet's QR code holds: `drawbridge-kek:1?kid=<percent-encoded>&spki=<base64url of the DER>`.
 * base64url needs no escaping in a query.
 */
export function kekQrText(kid: string, spkiBase64Url: string): string {
  return `drawbridge-kek:1?kid=${encodeURIComponent(kid)}&spki=${spkiBase64Url}`
}
