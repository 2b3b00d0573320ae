import { describe, expect, it } from 'vitest'
import { EnvError, parseEnv } from './env'

const least = { DATABASE_URL: 'postgres://u:secret-word@127.0.0.1:5432/d', NEXTAUTH_SECRET: 'x'.repeat(43) }

describe('the console’s environment', () => {
  it('is complete with an address and a secret', () => {
    expect(parseEnv(least)).toMatchObject({
      publicUrl: 'http://127.0.0.1:3000',
      databaseOwnerUrl: least.DATABASE_URL,
      localClient: undefined,
    })
  })

  it('gives the public origin no slash at its end', () => {
    expect(parseEnv({ ...least, DRAWBRIDGE_URL: 'https://drawbridge.example.com/' }).publicUrl).toBe(
      'https://drawbridge.example.com',
    )
  })

  it.each([['DATABASE_URL'], ['NEXTAUTH_SECRET']])('names %s when it is missing', (name) => {
    expect(() => parseEnv({ ...least, [name]: undefined })).toThrow(EnvError)
    expect(() => parseEnv({ ...least, [name]: undefined })).toThrow(name)
  })

  it('names a wrong setting and never its value', () => {
    const wrong = () => parseEnv({ ...least, DATABASE_URL: 'mysql://u:secret-word@h/d' })
    expect(wrong).toThrow('DATABASE_URL should be')
    expect(wrong).not.toThrow('secret-word')
  })

  it('has a local client only when all of it is given', () => {
    const part = { ...least, DRAWBRIDGE_LOCAL_CLIENT_ID: 'id', DRAWBRIDGE_LOCAL_CLIENT_SECRET: 'secret' }
    expect(parseEnv(part).localClient).toBeUndefined()
    expect(parseEnv({ ...part, DRAWBRIDGE_LOCAL_TOKEN_URL: 'http://127.0.0.1:1/t' }).localClient?.clientId).toBe('id')
  })
})
