/** A release policy as the client takes it: its text is encoded once, here. */
export function sentPolicy({ text, immutable }: { text: string; immutable: boolean }) {
  return { releasePolicy: { encodedPolicy: new TextEncoder().encode(text), immutable } }
}
