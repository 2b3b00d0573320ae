import 'server-only'
import { decode, encode } from 'next-auth/jwt'
import type { z } from 'zod'
import type { CookieSetting } from '../auth/session-cookie'
import { env } from '../env'

/** A cookie that only this console can make and read: encrypted under a key of its own purpose, and dated. */
export interface SealedCookie<T> {
  setting: () => CookieSetting
  seal: (value: T) => Promise<string>
  /** Null for one that is missing, forged, lapsed, or of another purpose. */
  open: (cookieValue: string | undefined) => Promise<T | null>
}

export function sealedCookie<Schema extends z.ZodType>(
  schema: Schema,
  setting: () => CookieSetting,
  seconds: number,
): SealedCookie<z.output<Schema>> {
  const keyed = () => ({ secret: env().authSecret, salt: setting().name })
  return {
    setting,
    seal: (value) => encode({ ...keyed(), token: { value }, maxAge: seconds }),
    open: async (cookieValue) => {
      if (!cookieValue) return null
      const token = await decode({ ...keyed(), token: cookieValue }).catch(() => null) // not ours: nothing to open
      return schema.safeParse(token?.value).data ?? null
    },
  }
}
