import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { createMessage, decodeMessage, encodeMessage, type JupyterMessage, WireError } from 'labmill/kernel';
import { signatureOf } from '../../../src/kernel/wire/message.ts';
import { describe, expect, test } from 'vitest';

const key = 'a key';

function aMessage(overrides: Partial<JupyterMessage> = {}): JupyterMessage {
  return { ...createMessage('execute_request', { code: '1' }, { session: 's' }), ...overrides };
}

describe('createMessage', () => {
  test('gives each message an id of its own, the time and the protocol’s version', () => {
    const [first, second] = [aMessage(), aMessage()];
    expect(first.header.msg_id).not.toBe(second.header.msg_id);
    expect(first.header).toMatchObject({
      session: 's',
      username: 'labmill',
      msg_type: 'execute_request',
      version: '5.5',
    });
    expect(Math.abs(Date.now() - Date.parse(first.header.date))).toBeLessThan(60_000);
  });

  test('has the parent’s header, or an empty one', () => {
    const parent = aMessage();
    expect(createMessage('a', {}, { session: 's', parentHeader: parent.header }).parentHeader).toBe(parent.header);
    expect(aMessage().parentHeader).toEqual({});
  });
});

describe('encodeMessage', () => {
  test('puts identities, delimiter, signature, four parts and buffers into frames', () => {
    const message = aMessage({ idents: [Buffer.from('client')], buffers: [Buffer.from([1, 2])] });
    const frames = encodeMessage(message, key).map((frame) => Buffer.from(frame).toString('latin1'));
    expect(frames.slice(0, 2)).toEqual(['client', '<IDS|MSG>']);
    expect(frames.slice(3)).toEqual([JSON.stringify(message.header), '{}', '{}', '{"code":"1"}', '\u0001\u0002']);
  });

  // Messaging specification, "The Wire Protocol": HMAC-SHA256 over the four parts in this order, as hex.
  test('signs the four parts', () => {
    const [, signature, ...parts] = encodeMessage(aMessage(), key);
    const expected = createHmac('sha256', key).update(Buffer.concat(parts)).digest('hex');
    expect(Buffer.from(signature!).toString()).toBe(expected);
  });

  test('leaves the signature empty without a key', () => {
    expect(encodeMessage(aMessage(), '')[1]).toHaveLength(0);
  });
});

describe('decodeMessage', () => {
  test('undoes encodeMessage', () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue());
    const bytes = fc.array(fc.uint8Array().map((array) => Buffer.from(array)));
    fc.assert(
      fc.property(json, json, bytes, fc.string(), (content, metadata, buffers, anyKey) => {
        const message = aMessage({ idents: [Buffer.from('a'), Buffer.from('b')], buffers });
        // What JSON cannot tell apart (such as -0) is made the same first.
        const sent = { ...message, ...(JSON.parse(JSON.stringify({ content, metadata })) as object) };
        expect(decodeMessage(encodeMessage(sent, anyKey), anyKey)).toEqual(sent);
      }),
    );
  });

  test.each([
    ['another key', encodeMessage(aMessage(), 'another'), 'signature does not match'],
    ['no signature', encodeMessage(aMessage(), ''), 'signature does not match'],
    ['no delimiter', encodeMessage(aMessage(), key).slice(1), 'expected <IDS|MSG>'],
    ['too few frames', encodeMessage(aMessage(), key).slice(0, 5), 'five more frames'],
    ['no frames', [], 'expected <IDS|MSG>'],
  ])('refuses a message with %s', (_what, frames, message) => {
    expect(() => decodeMessage(frames, key)).toThrow(WireError);
    expect(() => decodeMessage(frames, key)).toThrow(message);
  });

  test('refuses a message that was changed on its way', () => {
    const frames = encodeMessage(aMessage(), key);
    frames[5] = Buffer.from('{"code":"2"}');
    expect(() => decodeMessage(frames, key)).toThrow('signature does not match');
  });

  test.each([
    ['broken JSON', '{', 'a frame is not JSON'],
    ['a list', '[]', 'not a JSON object'],
    ['null', 'null', 'not a JSON object'],
    ['no msg_type', '{"msg_id":"1"}', 'expected msg_id and msg_type'],
    ['no msg_id', '{"msg_type":"a"}', 'expected msg_id and msg_type'],
  ])('refuses a header that is %s', (_what, header, message) => {
    const frames = ['<IDS|MSG>', '', header, '{}', '{}', '{}'].map((frame) => Buffer.from(frame));
    expect(() => decodeMessage(frames, '')).toThrow(WireError);
    expect(() => decodeMessage(frames, '')).toThrow(message);
  });
});

describe('half characters', () => {
  const contentOf = (text: string): string =>
    Buffer.from(encodeMessage(aMessage({ content: { text } }), key).at(-1)!).toString();

  test.each([
    ['a\uD83Db', 'a\uFFFDb'],
    ['\uDE00', '\uFFFD'],
    ['\uD83D\uD83D', '\uFFFD\uFFFD'],
    ['\\\uD83D', '\\\uFFFD'],
    ['😀', '😀'],
  ])('of %j leave as whole ones', (text, expected) => {
    expect(JSON.parse(contentOf(text))).toEqual({ text: expected });
  });

  test('that are only spelled out are text', () => {
    expect(JSON.parse(contentOf('\\ud83d \\\\ud83d'))).toEqual({ text: '\\ud83d \\\\ud83d' });
  });
});

describe('signatureOf', () => {
  test('finds the signature', () => {
    const frames = encodeMessage(aMessage({ idents: [Buffer.from('client')] }), key);
    expect(signatureOf(frames)).toBe(Buffer.from(frames[2]!).toString());
  });

  test.each([[[]], [[Buffer.from('a')]], [[Buffer.from('<IDS|MSG>')]]])('is empty where there is none', (frames) => {
    expect(signatureOf(frames)).toBe('');
  });
});
