import { describe, expect, it } from 'vitest'
import { missingNoticeSettings, noticeSettingHolds, readNoticeSettings } from './notice-settings.mjs'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

describe('the settings of being told', () => {
  it.each([
    ['DRAWBRIDGE_SMTP_URL', 'smtps://user:p%40ss@mail.example.com', true],
    ['DRAWBRIDGE_SMTP_URL', 'smtp://mail.example.com:2525', true],
    ['DRAWBRIDGE_SMTP_URL', 'smtp://mail.example.com/?requireTLS=false', false],
    ['DRAWBRIDGE_SMTP_URL', 'smtp://user@mail.example.com', false],
    ['DRAWBRIDGE_SMTP_URL', 'smtp://user:a%0d%0ab@mail.example.com', false],
    ['DRAWBRIDGE_SMTP_URL', 'http://mail.example.com', false],
    ['DRAWBRIDGE_MAIL_FROM', 'drawbridge@example.com', true],
    ['DRAWBRIDGE_MAIL_FROM', 'Drawbridge <drawbridge@example.com>', false],
    ['DRAWBRIDGE_MAIL_FROM', 'a@example.com, b@example.com', false],
    ['DRAWBRIDGE_WEBHOOK_URL', 'https://10.0.0.7/hook?team=keys', true],
    ['DRAWBRIDGE_WEBHOOK_URL', 'http://127.0.0.1:8080/hook', true],
    ['DRAWBRIDGE_WEBHOOK_URL', 'http://hooks.example.com/hook', false],
    ['DRAWBRIDGE_WEBHOOK_URL', 'https://user:pass@hooks.example.com/', false],
    ['DRAWBRIDGE_WEBHOOK_SECRET', SECRET, true],
    ['DRAWBRIDGE_WEBHOOK_SECRET', 'whsec_c2hvcnQ=', false],
    ['DRAWBRIDGE_WEBHOOK_SECRET', 'a long but plain password of many characters', false],
  ] as const)('%s: %s is right: %s', (name, value, right) => {
    expect(noticeSettingHolds[name](value)).toBe(right)
  })

  it('are nothing by halves', () => {
    expect(missingNoticeSettings({ DRAWBRIDGE_SMTP_URL: 'smtp://localhost' })).toMatchObject([
      { name: 'DRAWBRIDGE_MAIL_FROM' },
    ])
    expect(missingNoticeSettings({ DRAWBRIDGE_WEBHOOK_SECRET: SECRET })).toMatchObject([
      { name: 'DRAWBRIDGE_WEBHOOK_URL' },
    ])
    expect(missingNoticeSettings({})).toEqual([])
  })

  it('are read to what a connection needs', () => {
    const { smtp, webhook } = readNoticeSettings({
      DRAWBRIDGE_SMTP_URL: 'smtp://us%40er:p%3Ass@mail.example.com',
      DRAWBRIDGE_MAIL_FROM: 'drawbridge@example.com',
      DRAWBRIDGE_WEBHOOK_URL: 'https://hooks.example.com/a',
      DRAWBRIDGE_WEBHOOK_SECRET: SECRET,
    })
    expect(smtp).toEqual({
      host: 'mail.example.com',
      port: 587,
      secure: false,
      loopback: false,
      auth: { user: 'us@er', pass: 'p:ss' },
      from: 'drawbridge@example.com',
    })
    expect(webhook).toEqual({ url: 'https://hooks.example.com/a', secret: Buffer.alloc(32, 7) })
  })
})
