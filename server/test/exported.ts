import type { Export } from '#contract/watching.ts'
import { type Api, eventually } from './florin.ts'

/** Makes an export over the API and waits until it has ended. */
export async function exported(api: Api, body: object): Promise<Export> {
  const made = await api.post<Export>('/v1/exports', { list: 'payments', ...body })
  if (made.status !== 202) throw new Error(JSON.stringify(made.body))
  return ended(api, made.body.id)
}

export const ended = (api: Api, id: string): Promise<Export> =>
  eventually(async () => {
    const { body } = await api.get<Export>(`/v1/exports/${id}`)
    return ['done', 'failed', 'canceled'].includes(body.status) && body
  }, 60_000)

/** What the browser is given, as text. */
export async function download(api: Api, made: Export): Promise<string> {
  const answer = await api.get<{ text: string }>(made.download_url ?? '')
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer.body.text
}

/** RFC 4180 read letter by letter, independently of what wrote it. */
export function readCsv(text: string, separator = ','): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string
    if (quoted && char === '"' && text[at + 1] === '"') {
      cell += char
      at += 1
    } else if (char === '"') quoted = !quoted
    else if (quoted) cell += char
    else if (char === separator || char === '\n') {
      row.push(cell)
      cell = ''
      if (char === '\n') {
        rows.push(row)
        row = []
      }
    } else throw new Error(`"${char}" stands outside quotes at ${at}`)
  }
  return rows
}
