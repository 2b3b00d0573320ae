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
      <CodeBlock shell label="Copy the commands" code={azDownload(kek, second)} />
      {kek.azVaultArgument ? null : <LocalVaultPath kek={kek} />}
      <div className="grid gap-4 sm:grid-cols-[1fr_12rem]">
        <WriteIn label="The value they got" />
        <WriteIn label="Name, date and signature" />
      </div>
    </>
  )
}

function azDownload({ azVaultArgument, name, version, kid }: KekDetail, file: string): string {
  const which = azVaultArgument ? `${azVaultArgument} --name ${name} --version ${version ?? ''}` : `--id ${kid ?? ''}`
  return [
    'az keyvault key download \\',
    `  ${which} \\`,
    `  --encoding PEM --file ${file}`,
    `openssl pkey -pubin -in ${file} -outform DER | sha256sum`,
  ].join('\n')
}

/** From the vault's answer to the DER of its public key, with nothing of ours on the way. */
const JWK_TO_DER =
  'let t="";process.stdin.on("data",d=>t+=d).on("end",()=>{const{n,e}=JSON.parse(t).key;' +
  'process.stdout.write(require("crypto").createPublicKey({key:{kty:"RSA",n,e},format:"jwk"})' +
  '.export({type:"spki",format:"der"}))})'

/** az insists on https, which a vault on this machine does not speak; the vault's own API answers the same question. */
function LocalVaultPath({ kek }: { kek: KekDetail }) {
  if (!kek.kid) return null
  return (
    <>
      <p className="max-w-prose">
        This is a local vault over plain http, which <code className="font-mono">az</code> refuses. To try the second
        path here, ask the vault over its own API, with a token of its own:
      </p>
      <CodeBlock
        shell
        label="Copy the command"
        code={[
          `curl -s -H "Authorization: Bearer $TOKEN" '${kek.kid}?api-version=7.6' \\`,
          `  | node -e '${JWK_TO_DER}' | sha256sum`,
        ].join('\n')}
      />
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
