/** The name that the island gives its one Trusted Types policy. */
export const TRUSTED_TYPES_POLICY = 'florin-checkout'

/**
 * `Content-Security-Policy` of every hosted page: nothing inline, nothing foreign. `form-action`
 * also rules the redirect that answers the form, so it names the origins of the gateways.
 */
export const contentSecurityPolicy = (gatewayOrigins: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    ["form-action 'self'", ...gatewayOrigins].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${TRUSTED_TYPES_POLICY}`,
  ].join('; ')
