import { join } from 'node:path'
import { readConfig } from '#server/config.ts'
import { assemble } from '#server/florin.ts'
import { systemClock, systemRandom } from '#server/platform/clock.ts'
import { makeLog } from '#server/platform/log.ts'
import { openDatabase } from '#server/platform/postgres/index.ts'

/**
 * The whole product in a process of its own, so that its processor time and memory can be told from
 * the load's. Address and folder come as arguments; it answers `stats` and `stop` over the channel.
 */
const [url = '', dataDir = ''] = process.argv.slice(2)
const read = readConfig({
  ...{ DATABASE_URL: url, FLORIN_DATA: dataDir, PORT: '0' },
  ...{ DEMO: 'off', SANDBOX: 'off', LOG_LEVEL: 'error' },
})
if (!read.ok) throw new Error(read.errors.join('\n'))
const { config } = read
const db = openDatabase({ url, poolSize: config.poolSize })
const florin = await assemble({
  ...{ config, db, clock: systemClock, random: systemRandom },
  log: makeLog(systemClock, config.logLevel),
  appSecret: 'a secret of the bench, long enough to be one',
  version: '0.0.0-bench',
  schemaVersion: 0,
  root: join(import.meta.dirname, '..'),
})
const port = await florin.listen(0, '127.0.0.1')
process.send?.({ port })

process.on('message', async (asked) => {
  if (asked === 'stats') {
    const { user, system } = process.cpuUsage()
    const peak_bytes = process.resourceUsage().maxRSS * 1024
    process.send?.({ cpu_s: (user + system) / 1e6, peak_bytes })
    return
  }
  await florin.stop()
  await db.close()
  process.disconnect()
})
process.on('disconnect', () => process.exit(0))
