import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { audio, bytesBundle, image } from '../../../../src/kernel/runtime/display/media.ts';
import { mediaTypeOf } from '../../../../src/kernel/runtime/display/media-type.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const png = Buffer.from('89504e470d0a1a0a', 'hex');

describe('mediaTypeOf', () => {
  // Signatures as published: https://en.wikipedia.org/wiki/List_of_file_signatures
  test.each([
    ['89504e470d0a1a0a', 'image/png'],
    ['ffd8ffe000104a464946', 'image/jpeg'],
    ['474946383961', 'image/gif'],
    ['474946383761', 'image/gif'],
    ['524946461234567857454250', 'image/webp'],
    ['524946461234567857415645', 'audio/wav'],
    ['424d3a0100000000000036', 'image/bmp'],
    ['255044462d312e37', 'application/pdf'],
    ['4f676753', 'audio/ogg'],
    ['664c6143', 'audio/flac'],
    ['49443303', 'audio/mpeg'],
    ['fffb9064', 'audio/mpeg'],
    ['fff364c4', 'audio/mpeg'],
  ])('knows %s as %s', (hex, type) => {
    expect(mediaTypeOf(Buffer.from(hex, 'hex'))).toBe(type);
  });

  test.each([
    ['<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['<?xml version="1.0"?>\n<!-- drawn -->\n<!DOCTYPE svg PUBLIC "x">\n<svg>'],
    ['\uFEFF<svg>'],
  ])('knows %j as SVG', (text) => {
    expect(mediaTypeOf(Buffer.from(text))).toBe('image/svg+xml');
  });

  test.each([
    [''],
    ['text'],
    ['<html><svg></svg></html>'],
    ['<svgx>'],
    ['RIFF'],
    ['BMW and others'],
    ['\u00FF\u00FF\u00FF\u00FF'],
  ])('knows nothing of %j', (text) => {
    expect(mediaTypeOf(Buffer.from(text, 'latin1'))).toBeUndefined();
  });
});

describe('bytesBundle', () => {
  test('gives a sound controls', () => {
    expect(bytesBundle(Buffer.from('OggS'))).toEqual({
      'text/html': '<audio controls src="data:audio/ogg;base64,T2dnUw=="></audio>',
    });
  });

  test('gives SVG as text', () => {
    expect(bytesBundle(Buffer.from('<svg>é</svg>'))).toEqual({ 'image/svg+xml': '<svg>é</svg>' });
  });

  test.each([[Buffer.from('text')], [new Uint8ClampedArray(png)], [{}]])('gives nothing for %o', (value) => {
    expect(bytesBundle(value)).toBeUndefined();
  });
});

describe('image', () => {
  test('shows bytes in the size that is asked for', () => {
    const { data, metadata } = image(png, { width: 200 });
    expect(data).toEqual({ 'image/png': 'iVBORw0KGgo=', 'text/plain': '[image/png]' });
    expect(metadata).toEqual({ 'image/png': { width: 200 } });
  });

  test('reads a file, by its path or URL', () => {
    const path = join(temporaryFolder(), 'a.png');
    writeFileSync(path, png);
    expect([image(path).data, image(pathToFileURL(path)).data]).toEqual([image(png).data, image(png).data]);
  });

  test('refuses what is no image', () => {
    expect(() => image(Buffer.from('OggS…'))).toThrow(
      /^image: expected a PNG, JPEG, GIF, WebP, BMP or SVG, got data that begin with "OggS/,
    );
  });
});

describe('audio', () => {
  test('shows bytes as a player', () => {
    expect(audio(Buffer.from('fLaC')).data).toEqual({
      'text/html': expect.stringContaining('<audio controls src="data:audio/flac;base64,'),
      'text/plain': '[audio/flac]',
    });
  });

  test('refuses what is no sound', () => {
    expect(() => audio(png)).toThrow('audio: expected a WAV, MP3, Ogg or FLAC');
  });
});
