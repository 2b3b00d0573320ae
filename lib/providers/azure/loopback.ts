import { isLoopbackUrl } from '@/lib/domain/connections/vault-url'

/**
 * The SDK's two switches for a vault on this machine, and the one place that sets them. They follow from the URL
 * alone: literal 127.0.0.1, ::1 or localhost. Every other host gets neither, so a real vault is always spoken to over
 * TLS, and a challenge that names a foreign resource gets no token.
 */
export function loopbackSwitches(vaultUrl: string): {
  allowInsecureConnection: boolean
  disableChallengeResourceVerification: boolean
} {
  const local = isLoopbackUrl(vaultUrl)
  return { allowInsecureConnection: local, disableChallengeResourceVerification: local }
}
