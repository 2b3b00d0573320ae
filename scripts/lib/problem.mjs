/** An expected failure of a command: its message is the whole of what the person reads. */
export class Problem extends Error {
  /**
   * @param {string} message One clear sentence: what is wrong and what to do.
   * @param {{ cause?: unknown, details?: string }} [options] `details`: another program's own words, shown above the sentence
   */
  constructor(message, options) {
    super(message, options)
    this.name = 'Problem'
    this.details = options?.details
  }
}

/**
 * Runs a command's main function; a `Problem` becomes one sentence and exit code 1, without a stack.
 * @param {() => Promise<unknown>} main
 */
export async function runCommand(main) {
  try {
    await main()
  } catch (error) {
    if (error instanceof Problem) console.error(`${error.details ?? ''}\n✗ ${error.message}`)
    else console.error('\n✗ Something unforeseen went wrong.', error)
    process.exit(1)
  }
}
