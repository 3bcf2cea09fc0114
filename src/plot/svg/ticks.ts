/** The values an axis names, and what it calls them; `detail` is a second line, such as the year under a month. */
export interface Tick {
  readonly value: number;
  readonly label: string;
  readonly detail?: string;
}

/** Returns the step of about `count` round numbers between `low` and `high`: 1, 2 or 5 times a power of ten. */
export function niceStep(low: number, high: number, count: number): number {
  const raw = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = raw / power;
  // The geometric means between 1, 2, 5 and 10: the nearest round step on a logarithmic ruler.
  return power * (factor >= Math.sqrt(50) ? 10 : factor >= Math.sqrt(10) ? 5 : factor >= Math.sqrt(2) ? 2 : 1);
}

/** Returns the multiples of `step` from `low` to `high`, both ends included, free of accumulated rounding. */
export function multiples(low: number, high: number, step: number): number[] {
  // Dividing by a power of ten is exact where multiplying by 0.1 is not: 3 / 10 is 0.3, 3 * 0.1 is not.
  const inverse = step < 1 ? Math.round(1 / step) : 0;
  const exact = inverse > 0 && Math.abs(inverse * step - 1) < 1e-9;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    exact ? (first + i) / inverse : (first + i) * step,
  );
}

/** Returns about `count` ticks at round numbers within [low, high]. */
export function linearTicks(low: number, high: number, count: number): Tick[] {
  const step = niceStep(low, high, count);
  const values = multiples(low, high, step);
  const format = numberFormat(step, Math.max(Math.abs(low), Math.abs(high)));
  return values.map((value) => ({ value, label: format(value) }));
}

const suffixes: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/**
 * Returns a writer for the ticks of one axis: as many decimals as `step` needs, a real minus sign,
 * thousands marked, `k`, `M`, `B`, `T` from 100,000 on and powers of ten below 0.001.
 */
export function numberFormat(step: number, largest: number): (value: number) => string {
  if (largest < 1e-3 || largest >= 1e15) return (value) => (value === 0 ? '0' : powerOfTen(value));
  const [unit, suffix] = largest < 1e5 ? [1, ''] : suffixes.find(([size]) => largest >= size)!;
  const decimals = Math.min(12, Math.max(0, -Math.floor(Math.log10((step / unit) * (1 + 1e-9)))));
  return (value) => {
    const [whole, fraction] = Math.abs(value / unit)
      .toFixed(decimals)
      .split('.');
    const digits = whole!.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
    const zero = Number(digits.replaceAll(',', '')) === 0;
    return `${value < 0 && !zero ? '−' : ''}${digits}${zero ? '' : suffix}`;
  };
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function powerOfTen(value: number): string {
  const [mantissa, exponent] = Number(value.toPrecision(6)).toExponential().split('e') as [string, string];
  const raised = Array.from(exponent.replace('+', ''))
    .map((digit) => (digit === '-' ? '⁻' : superscripts[Number(digit)]!))
    .join('');
  const sign = mantissa.startsWith('-') ? '−' : '';
  const factor = mantissa.replace('-', '');
  return `${sign}${factor === '1' ? '' : `${factor}×`}10${raised}`;
}

/**
 * Returns ticks for a logarithmic axis over [low, high], both positive: powers of ten, thinned to about `count`;
 * over few decades also 2 and 5 times them, over less than one the round numbers of a linear axis.
 */
export function logTicks(low: number, high: number, count: number): Tick[] {
  const decades = Math.log10(high) - Math.log10(low);
  if (decades < 1) return linearTicks(low, high, count);
  const factors = decades < count / 3 ? [1, 2, 5] : [1];
  const every = factors.length > 1 ? 1 : Math.ceil(decades / count);
  const first = Math.ceil(Math.floor(Math.log10(low)) / every) * every;
  const ticks: Tick[] = [];
  for (let exponent = first - every; exponent <= Math.log10(high); exponent += every) {
    for (const factor of factors) {
      const value = Number(`${factor}e${exponent}`);
      if (value >= low * (1 - 1e-12) && value <= high * (1 + 1e-12)) {
        ticks.push({ value, label: numberFormat(value, value)(value) });
      }
    }
  }
  return ticks;
}
