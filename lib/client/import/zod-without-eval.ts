/**
 * The console's content policy forbids making code from text. zod tries once whether it may, and the browser reports
 * even a try that is caught; told beforehand, it does not. Must be imported before the first schema is made, so
 * without zod itself (https://zod.dev/api#jitless).
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
