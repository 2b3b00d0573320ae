import type { KekDetail } from '@/lib/domain/keks/views'
import { Banner } from '../ui/banner'
import { CodeBlock } from '../ui/code-block'

/** The way to the same public key that does not lead through this server. */
export function SecondPath({ kek, file }: { kek: KekDetail; file: string }) {
  const second = file.replace(/\.pem$/, '.second.pem')
  return (
    <>
      <Banner tone="attention" title="Only this second path protects against this server.">
        The fingerprint above and the file both come from Drawbridge. Were it taken over, both would lie alike. Let
        somebody else, on another machine, ask the vault itself.
      </Banner>
      {kek.azVaultArgument && kek.version ? (
        <CodeBlock
          shell
          label="Copy the commands"
          code={[
            'az keyvault key download \\',
            `  ${kek.azVaultArgument} --name ${kek.name} \\`,
            `  --version ${kek.version} --encoding PEM --file ${second}`,
            `openssl pkey -pubin -in ${second} -outform DER | sha256sum`,
          ].join('\n')}
        />
      ) : (
        <LocalVaultPath kek={kek} />
      )}
      <div className="grid gap-4 sm:grid-cols-[1fr_12rem]">
        <WriteIn label="The value they got" />
        <WriteIn label="Name, date and signature" />
      </div>
    </>
  )
}

/** az knows no vault on this machine; the vault's own API answers the same question. */
function LocalVaultPath({ kek }: { kek: KekDetail }) {
  return (
    <>
      <p className="max-w-prose">
        This is a local vault, which <code className="font-mono">az keyvault key download</code> can’t reach. Ask it
        over its own API, with a token of its own; the modulus <code className="font-mono">n</code> is what to compare.
      </p>
      {kek.kid ? (
        <CodeBlock
          shell
          label="Copy the command"
          code={`curl -s -H "Authorization: Bearer $TOKEN" \\\n  '${kek.kid}?api-version=7.6'`}
        />
      ) : null}
    </>
  )
}

/** An empty box for a pen. */
function WriteIn({ label }: { label: string }) {
  return (
    <div className="flex flex-col gap-1">
      <span className="text-sm text-text-muted">{label}</span>
      <div className="h-20 rounded border border-line-strong" />
    </div>
  )
}
