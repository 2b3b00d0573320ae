import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  to: string[]
  /** As it came over the wire. */
  raw: string
  /** Its text, where quoted-printable broke it made whole. */
  text: string
  /** One header, unfolded; undefined where there is none. */
  header: (name: string) => string | undefined
}

export interface MailServer {
  port: number
  mails: ReceivedMail[]
  /** SMTP codes for recipients, by address: 550 for good, 450 for now. */
  refuse: Map<string, number>
  close: () => Promise<void>
}

/** A real SMTP server on loopback, without TLS. */
export async function startMailServer(port = 0): Promise<MailServer> {
  const mails: ReceivedMail[] = []
  const refuse = new Map<string, number>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 200,
    onRcptTo: ({ address }, _session, done) => {
      const responseCode = refuse.get(address)
      done(responseCode ? Object.assign(new Error('not this one'), { responseCode }) : undefined)
    },
    onData: (stream, session, done) => {
      let raw = ''
      stream.on('data', (chunk: Buffer) => {
        raw += chunk.toString('utf8')
      })
      stream.on('end', () => {
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw,
          text: textOf(raw),
          header: headerOf(raw),
        })
        done()
      })
    },
  })
  server.on('error', () => undefined) // a client that went away in the middle
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: bound } = server.server.address() as AddressInfo // it listens on a port
  return { port: bound, mails, refuse, close: () => new Promise((resolve) => server.close(() => resolve())) }
}

const textOf = (raw: string) => raw.slice(raw.indexOf('\r\n\r\n') + 4).replaceAll('=\r\n', '')

const headerOf = (raw: string) => (name: string) => {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ')
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim()
}
