import 'server-only'

/** A person's id as WebAuthn's user handle: its sixteen bytes, which tell nothing about the person. */
export function userHandleOf(personId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(personId.replaceAll('-', ''), 'hex'))
}
