import type { Queryable } from '../books.ts'

/** The whole of an account's books, for tests to compare with; amounts as they were asked for. */
export type Truth = {
  readonly charges: readonly {
    readonly ref: string
    readonly transaction_id: string
    readonly status: string
    readonly currency: string
    readonly amount: string
    readonly captured: string
    readonly refunded: string
  }[]
  readonly captures: readonly {
    readonly charge_ref: string
    readonly transaction_id: string
    readonly currency: string
    readonly amount: string
  }[]
  readonly refunds: readonly {
    readonly ref: string
    readonly charge_ref: string
    readonly transaction_id: string | null
    readonly currency: string
    readonly amount: string
    readonly status: string
  }[]
}

export async function readTruth(books: Queryable, account_ref: string): Promise<Truth> {
  const values = [account_ref]
  const charges = await books.query<Truth['charges'][number]>({
    text: `select ref, transaction_id, status, currency, amount::text, captured::text,
        refunded::text
      from sandbox.charges where account_ref = $1 order by seq`,
    values,
  })
  const captures = await books.query<Truth['captures'][number]>({
    text: `select m.charge_ref, c.transaction_id, m.currency, m.amount::text
      from sandbox.captures m
      join sandbox.charges c on c.account_ref = m.account_ref and c.ref = m.charge_ref
      where m.account_ref = $1 order by c.seq`,
    values,
  })
  const refunds = await books.query<Truth['refunds'][number]>({
    text: `select ref, charge_ref, transaction_id, currency, amount::text, status
      from sandbox.refunds where account_ref = $1 order by seq`,
    values,
  })
  return { charges, captures, refunds }
}

export type BooksSummary = {
  readonly charges: readonly {
    readonly status: string
    readonly currency: string
    readonly count: number
    readonly captured: string
    readonly refunded: string
  }[]
  readonly deliveries: readonly { readonly state: string; readonly count: number }[]
}

export async function readSummary(books: Queryable, account_ref: string): Promise<BooksSummary> {
  const values = [account_ref]
  const charges = await books.query<BooksSummary['charges'][number]>({
    text: `select status, currency, count(*)::int as count, sum(captured)::text as captured,
        sum(refunded)::text as refunded
      from sandbox.charges where account_ref = $1
      group by status, currency order by status, currency`,
    values,
  })
  const deliveries = await books.query<BooksSummary['deliveries'][number]>({
    text: `select state, count(*)::int as count from sandbox.deliveries
      where account_ref = $1 group by state order by state`,
    values,
  })
  return { charges, deliveries }
}
