import { expect, it } from 'vitest'
import { messageCutter } from './sse.ts'

it('cuts messages wherever the chunks end', () => {
  const text = 'id: 7\nevent: payment\ndata: {"a":1}\n\n: heartbeat\n\nid: 8\ndata: x\ndata: y\n\n'
  for (let size = 1; size <= text.length; size++) {
    const cut = messageCutter()
    const messages = []
    for (let at = 0; at < text.length; at += size) messages.push(...cut(text.slice(at, at + size)))
    expect(messages).toEqual([
      { id: '7', type: 'payment', data: '{"a":1}' },
      { id: '8', type: 'message', data: 'x\ny' },
    ])
  }
})

it('keeps an unfinished message for the next chunk', () => {
  const cut = messageCutter()
  expect(cut('data: half')).toEqual([])
  expect(cut('\n\n')).toEqual([{ id: null, type: 'message', data: 'half' }])
})
