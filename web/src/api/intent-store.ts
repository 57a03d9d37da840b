/** One thing a person wants done, and the key under which it has been asked for. */
export type Intent = { readonly key: string; readonly id: string | null; readonly body: unknown }

const PREFIX = 'florin.intent.'

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>

/**
 * Keeps each intent until a terminal answer, over reloads, so that asking again after a lost
 * answer can never do the thing twice.
 */
export function intentStore(storage: Storage, newKey: () => string) {
  const find = (name: string): Intent | null => {
    try {
      const text = storage.getItem(PREFIX + name)
      return text === null ? null : (JSON.parse(text) as Intent)
    } catch {
      return null
    }
  }
  return {
    find,
    /** The same wish gets its old key; any other gets a new one. */
    open(name: string, id: string | null, body: unknown): Intent {
      const old = find(name)
      const same =
        old !== null && old.id === id && JSON.stringify(old.body) === JSON.stringify(body)
      const intent = same ? old : { key: newKey(), id, body }
      storage.setItem(PREFIX + name, JSON.stringify(intent))
      return intent
    },
    settle: (name: string): void => storage.removeItem(PREFIX + name),
  }
}
