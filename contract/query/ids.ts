/** Prefixes of Florin's own ids, so that a pasted id of another list is told from a word. */
const OURS = new Set(
  (
    'pay txn cks lnk dep rfd dsp wdr wal rcw adj vch rdm ord pmt gwa cus mem mer shp loc dor dvc ' +
    'pln acc dse gev evt pbe dlv lac ltr rsk rcn dcp vew exp job key sin aud not req'
  ).split(' '),
)

const ID = /^([a-z]{3})_[0-7][0-9a-hjkmnp-tv-z]{25}$/

/** The prefix of a well-formed id of ours (jetify TypeID), or null. */
export function prefixOf(text: string): string | null {
  const prefix = ID.exec(text)?.[1]
  return prefix !== undefined && OURS.has(prefix) ? prefix : null
}
