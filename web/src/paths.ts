/** Every address of the back office; a link accepts nothing else. */
export type Path = string & { readonly __path: 'path' }

const path = (text: string): Path => text as Path
const under = (base: string) => (id: string) => path(`${base}/${encodeURIComponent(id)}`)

export const paths = {
  home: path('/'),
  signIn: path('/sign-in'),
  payments: path('/payments'),
  payment: under('/payments'),
  transactions: path('/transactions'),
  transaction: under('/transactions'),
  refunds: path('/refunds'),
  refund: under('/refunds'),
  links: path('/links'),
  link: under('/links'),
  customers: path('/customers'),
  customer: under('/customers'),
  gateways: path('/gateways'),
  gateway: under('/gateways'),
  exports: path('/exports'),
  apiKeys: path('/developers/api-keys'),
  gatewayEvents: path('/developers/gateway-events'),
  gatewayEvent: under('/developers/gateway-events'),
  events: path('/developers/events'),
  event: under('/developers/events'),
  testTools: path('/developers/test-tools'),
  settings: path('/settings'),
  auditLog: path('/settings/audit-log'),
} as const

/** Served by Florin, but not pages of the back office: opened by a full load. */
export const outsidePaths = {
  apiReference: '/docs/api',
} as const

/** A list with a query already in its box. */
export const withQuery = (list: Path, q: string): Path =>
  path(`${list}?q=${encodeURIComponent(q).replaceAll('%3A', ':')}`)

/** A path the server or the address bar gave: ours, or nothing; never another site. */
export function givenPath(text: string | undefined): Path | null {
  if (text === undefined || !/^\/(?![/\\])/.test(text)) return null
  return path(text)
}

const PAGES_BY_PREFIX: Readonly<Record<string, (id: string) => Path>> = {
  pay: paths.payment,
  txn: paths.transaction,
  rfd: paths.refund,
  lnk: paths.link,
  cus: paths.customer,
  gwa: paths.gateway,
  gev: paths.gatewayEvent,
  evt: paths.event,
}

/** The page of any id of ours that has one. */
export const pageOfId = (id: string): Path | null => PAGES_BY_PREFIX[id.slice(0, 3)]?.(id) ?? null
