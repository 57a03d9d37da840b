import { MAX_CANDIDATES } from './limits.ts'

/** `Créé`, `aujourd'hui` and `Last month` as `cree`, `aujourdhui` and `last_month`. */
export function fold(word: string): string {
  return word
    .normalize('NFD')
    .replace(/\p{M}|['’]/gu, '')
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
}

/**
 * The canonical names whose words are nearest to an unknown one: at most two letters wrong (swapped
 * neighbours count once), or the beginning of a longer word.
 */
export function nearest(word: string, words: ReadonlyMap<string, string>): string[] {
  const typed = fold(word)
  const limit = Math.min(2, Math.ceil(typed.length / 3))
  const best = new Map<string, number>()
  for (const [known, canonical] of words) {
    const begins = typed.length >= 2 && known.startsWith(typed)
    const far = begins ? 0.5 : distance(typed, known, limit)
    if (far <= limit && far < known.length) {
      best.set(canonical, Math.min(far, best.get(canonical) ?? far))
    }
  }
  const least = Math.min(...best.values())
  return [...best]
    .filter(([, far]) => far <= least + 0.5)
    .sort((a, b) => a[1] - b[1])
    .slice(0, MAX_CANDIDATES)
    .map(([canonical]) => canonical)
}

/** Edits between two words (Damerau, adjacent swaps); anything above the limit is limit + 1. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let older: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(older, j - 2) + 1)
      }
      row.push(cost)
    }
    older = last
    last = row
  }
  return at(last, b.length)
}

const at = (row: readonly number[], index: number): number => row[index] ?? 0
