import 'server-only'
import { keptInProcess } from '../kept'
import { placesOf } from './failure-places'
import { type LogLevel, log } from './log'

const LEVEL_OF = {
  log: 'info',
  info: 'info',
  debug: 'info',
  warn: 'warn',
  error: 'error',
  trace: 'info',
} as const satisfies Record<string, LogLevel>

type Method = keyof typeof LEVEL_OF

/**
 * What Next and packages say by `console` becomes a line of the log like every other: of an error its kind and places, of
 * words nothing but that there were some. Next prints what was thrown with its message, which may hold anything.
 */
export function captureConsole(): void {
  keptInProcess('console', () => {
    for (const method of Object.keys(LEVEL_OF) as Method[]) console[method] = tell(LEVEL_OF[method]) // keys of LEVEL_OF
    return true
  })
}

function tell(level: LogLevel): (...given: unknown[]) => void {
  return (...given) => {
    const error = given.find((each) => each instanceof Error)
    log(level, 'library', { where: 'console', ...(error ? { ...placesOf(error), ...digestOf(error) } : {}) })
  }
}

/** Next's own number of a failure: the page that is shown for it says the same one. */
function digestOf(error: Error): { digest?: string } {
  const digest: unknown = Reflect.get(error, 'digest')
  return typeof digest === 'string' && /^[\w@-]{1,64}$/.test(digest) ? { digest } : {}
}
