/** The browser that browser tests run in: the machine's own Chrome or Chromium, else npm's. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

function installed() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const places = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...MAC]
  // A name may be only a hint to install the package, so it has to answer.
  return places.find((path) => existsSync(path) && spawnSync(path, ['--version']).status === 0)
}

async function fromPackage() {
  // Read when the package is loaded: it then unpacks the system libraries it needs as well.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs24.x'
  const { default: chromium } = await import('@sparticuz/chromium')
  return await chromium.executablePath()
}

/** What Playwright's `launchOptions` take. The sandbox needs rights that a container rarely has. */
export async function findBrowser() {
  return { executablePath: installed() ?? (await fromPackage()), args: ['--no-sandbox'] }
}
