/** What must be true at the HSM before the key is wrapped. */
export function SourceHsmChecklist({ kid }: { kid: string }) {
  const items = [
    'The HSM’s policy allows export by wrapping.',
    'The key that is to cross has CKA_EXTRACTABLE = true. An existing key without it can’t be wrapped, ever.',
    'Where the HSM asks for it (CKA_WRAP_WITH_TRUSTED), the KEK and the wrapping key are marked CKA_TRUSTED.',
    'The wrapping key is a fresh AES-256 key, used once and destroyed afterwards.',
    'Wrapping is CKM_RSA_AES_KEY_WRAP: RSA-OAEP with SHA-1 and MGF1-SHA-1, then AES key wrap with padding (RFC 5649).',
    `The blob names this version of the KEK, to the last character: ${kid.slice(-32)}.`,
    'The public key (or, for AES, the key check value) of the crossing key is exported and written down: the second officer compares it.',
  ]
  return (
    <ul className="flex flex-col gap-2">
      {items.map((item) => (
        <li key={item} className="flex gap-3">
          <span className="mt-1 size-4 shrink-0 rounded-sm border border-line-strong">
            <span className="sr-only">To tick:</span>
          </span>
          <span className="max-w-prose">{item}</span>
        </li>
      ))}
    </ul>
  )
}
