import { format } from 'node:util'
import { vi } from 'vitest'

const CONSOLE_METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'] as const

export interface CapturedOutput {
  text: () => string
  stop: () => void
}

/** Everything that this process writes from now on, through `console` or straight to its streams. */
export function captureOutput(): CapturedOutput {
  const parts: string[] = []
  const spies = [
    ...CONSOLE_METHODS.map((method) =>
      vi.spyOn(console, method).mockImplementation((...given: unknown[]) => {
        parts.push(format(...given))
      }),
    ),
    ...[process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation((chunk) => {
        parts.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1'))
        return true
      }),
    ),
  ]
  return {
    text: () => parts.join('\n'),
    stop: () => {
      for (const spy of spies) spy.mockRestore()
    },
  }
}
