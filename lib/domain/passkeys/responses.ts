import { z } from 'zod'

/** Base64url as WebAuthn's JSON has it; the bounds are far above what authenticators send. */
const bytes = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[A-Za-z0-9_-]+$/)

const credential = {
  id: bytes(1400), // a credential id has at most 1023 bytes: https://www.w3.org/TR/webauthn-3/#credential-id
  rawId: bytes(1400),
  type: z.literal('public-key'),
}

/** What a browser answers to `navigator.credentials.create`; everything else it sends is left out. */
export const registrationResponseSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(4_096),
    attestationObject: bytes(16_384),
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
})
export type RegistrationResponse = z.infer<typeof registrationResponseSchema>

/** What a browser answers to `navigator.credentials.get`. */
export const assertionResponseSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(4_096),
    authenticatorData: bytes(4_096),
    signature: bytes(2_048),
    userHandle: bytes(128).optional(),
  }),
})
export type AssertionResponse = z.infer<typeof assertionResponseSchema>

export const passkeyNameSchema = z
  .string()
  .trim()
  .min(1, 'Give the passkey a name, such as the device it is on.')
  .max(60, 'Use at most 60 characters.')
