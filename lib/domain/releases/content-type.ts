/** What a vault takes a policy for when nobody says; the official client says nothing. */
export const DEFAULT_CONTENT_TYPE = 'application/json; charset=utf-8'
