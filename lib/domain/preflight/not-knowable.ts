/** What no check can tell before the upload; the wizard says so beside the report. */
export const NOT_KNOWABLE = [
  {
    id: 'oaep-hash',
    title: 'The hash inside RSA-OAEP',
    why: 'Azure means SHA-1. A tool that used SHA-256 writes the same header; only the vault notices, and refuses.',
  },
  {
    id: 'wrapped-integrity',
    title: 'That the wrapped key is whole',
    why: 'The integrity check of AES key wrap needs the key inside the first block, which only the vault can open.',
  },
  {
    id: 'kek-private-key',
    title: 'That the KEK’s private key matches',
    why: 'Only the vault holds it. A blob sealed for another key is refused at the upload.',
  },
] as const
