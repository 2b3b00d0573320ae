import 'server-only'

/** Issuer of the people who sign in with a password of this installation. */
export const LOCAL_ISSUER = 'local'
