import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Starts the product once for all browser tests; what comes back stops it. */
// biome-ignore lint/style/noDefaultExport: the runner asks for it.
export default async function setup(): Promise<() => Promise<void>> {
  const file = fileURLToPath(new URL('./serve.ts', import.meta.url))
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] })
  const gone = new Promise<never>((_, reject) =>
    child.once('exit', (code) => reject(new Error(`the product left with ${code}`))),
  )
  const said = new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).once('line', resolve),
  )
  process.env.FLORIN_BROWSER = await Promise.race([said, gone])
  return async () => {
    gone.catch(() => undefined)
    const left = new Promise((resolve) => child.once('exit', resolve))
    child.stdin.end()
    await left
  }
}
