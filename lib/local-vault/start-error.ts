/** Why the local vault could not start. Each code has one sentence; nothing else is ever printed. */
export type StartErrorCode =
  | 'port-in-use'
  | 'already-running'
  | 'unusable-folder'
  | 'damaged-settings'
  | 'bad-arguments'

/** An expected failure at start: `message` is the sentence a person reads. */
export class StartError extends Error {
  readonly code: StartErrorCode

  constructor(code: StartErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartError'
    this.code = code
  }
}
