import { describe, expect, it } from 'vitest'
import { originOf, readSettings, SETTING_RULES, wrongSettings } from './settings.mjs'

describe('settings', () => {
  it('need nothing to be set', () => {
    expect(readSettings({})).toEqual({
      ok: true,
      value: {
        port: 3000,
        host: '127.0.0.1',
        data: '.data',
        databaseUrl: undefined,
        databaseOwnerUrl: undefined,
        localVault: true,
        publicUrl: 'http://127.0.0.1:3000',
        tls: undefined,
        trustedProxies: undefined,
        metrics: undefined,
        logs: { folder: undefined, storage: undefined, analytics: undefined },
        drainMs: 0,
      },
    })
  })

  it('take an empty value for none', () => {
    expect(wrongSettings(Object.fromEntries(Object.keys(SETTING_RULES).map((name) => [name, ' '])))).toEqual([])
  })

  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3000x'],
    ['PORT', '-1'],
    ['HOST', 'http://localhost'],
    ['HOST', 'a b'],
    ['DATABASE_URL', 'mysql://a:b@c/d'],
    ['DATABASE_URL', 'postgres://host'],
    ['DATABASE_OWNER_URL', 'nonsense'],
    ['DRAWBRIDGE_LOCAL_VAULT', 'false'],
    ['DRAWBRIDGE_URL', 'https://drawbridge.example.com/console'],
    ['DRAWBRIDGE_URL', 'ftp://drawbridge.example.com'],
    ['DRAWBRIDGE_URL', 'http://drawbridge.example.com'],
    ['DRAWBRIDGE_URL', 'http://127.0.0.1.example.com'],
    ['DRAWBRIDGE_URL', 'https://user@drawbridge.example.com'],
    ['DRAWBRIDGE_TRUSTED_PROXIES', '1'],
    ['DRAWBRIDGE_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['DRAWBRIDGE_TRUSTED_PROXIES', 'proxy.example.com'],
    ['DRAWBRIDGE_METRICS_PORT', '0'],
    ['DRAWBRIDGE_METRICS_HOST', 'a b'],
    ['DRAWBRIDGE_DRAIN_SECONDS', '301'],
    ['DRAWBRIDGE_DRAIN_SECONDS', '-1'],
    ['DRAWBRIDGE_DRAIN_SECONDS', '1.5'],
    ['DRAWBRIDGE_LOGS_FOLDER', 'some/folder'],
    ['DRAWBRIDGE_LOGS_STORAGE', 'https://contoso.blob.core.windows.net'],
    ['DRAWBRIDGE_LOGS_STORAGE', 'contoso'],
    ['DRAWBRIDGE_LOGS_WORKSPACE', 'contoso-logs'],
    ['DRAWBRIDGE_LOGS_ENDPOINT', 'http://127.0.0.1'],
    ['DRAWBRIDGE_LOGS_ENDPOINT', 'https://api.loganalytics.io/v1'],
    ['NEXTAUTH_SECRET', 'short'],
    ['NEXT_SERVER_ACTIONS_ENCRYPTION_KEY', 'c2hvcnQ='],
  ])('name %s when it is %s, and what it should be, without repeating the value', (name, value) => {
    const problems = wrongSettings({ [name]: value })
    expect(problems.map((problem) => problem.name)).toEqual([name])
    expect(problems[0]?.should).toBeTruthy()
    expect(JSON.stringify(problems)).not.toContain(`"${value}"`)
  })

  it('put metrics on loopback unless told otherwise, and never on the public port', () => {
    const read = (env: Record<string, string>) => {
      const result = readSettings(env)
      return result.ok ? result.value.metrics : result.problems.map(({ name }) => name)
    }
    expect(read({ DRAWBRIDGE_METRICS_PORT: '9464' })).toEqual({ host: '127.0.0.1', port: 9464 })
    expect(read({ DRAWBRIDGE_METRICS_PORT: '9464', DRAWBRIDGE_METRICS_HOST: '10.0.0.7' })).toEqual({
      host: '10.0.0.7',
      port: 9464,
    })
    expect(read({ PORT: '9464', DRAWBRIDGE_METRICS_PORT: '9464' })).toEqual(['DRAWBRIDGE_METRICS_PORT'])
  })

  it('ask Log Analytics of the public cloud unless told otherwise, and of no workspace never', () => {
    const workspace = '4F1D2C3B-0000-4000-8000-00000000000A'
    const read = (env: Record<string, string>) => {
      const result = readSettings(env)
      return result.ok ? result.value.logs.analytics : result.problems.map(({ name }) => name)
    }
    expect(read({ DRAWBRIDGE_LOGS_WORKSPACE: workspace })).toEqual({
      workspace: workspace.toLowerCase(),
      endpoint: 'https://api.loganalytics.io',
    })
    const endpoint = 'https://api.loganalytics.us'
    expect(read({ DRAWBRIDGE_LOGS_WORKSPACE: workspace, DRAWBRIDGE_LOGS_ENDPOINT: endpoint })).toMatchObject({
      endpoint,
    })
    expect(read({ DRAWBRIDGE_LOGS_ENDPOINT: endpoint })).toEqual(['DRAWBRIDGE_LOGS_WORKSPACE'])
  })

  it('name every wrong one at once', () => {
    const result = readSettings({ PORT: 'x', HOST: '/' })
    expect(result.ok ? [] : result.problems.map(({ name }) => name)).toEqual(['PORT', 'HOST'])
  })

  it.each([
    ['127.0.0.1', 'http://127.0.0.1:3000'],
    ['0.0.0.0', 'http://localhost:3000'],
    ['::1', 'http://[::1]:3000'],
  ])('a console on %s is reached at %s', (host, origin) => {
    expect(originOf(host, 3000)).toBe(origin)
  })
})
