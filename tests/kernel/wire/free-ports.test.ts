import { freePorts } from 'labmill/kernel';
import { expect, test } from 'vitest';

test('freePorts returns as many different ports as asked for', async () => {
  const ports = await freePorts(8);
  expect(new Set(ports).size).toBe(8);
  expect(ports.every((port) => Number.isInteger(port) && port > 0 && port < 65_536)).toBe(true);
});
