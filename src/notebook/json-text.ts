/**
 * JSON the way Python's `json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False)` writes it,
 * since that is how every Jupyter tool writes a notebook: any other layout is a diff nobody meant.
 */

/** Where `parseJson` notes how a number of this object was spelled, when JavaScript would spell it otherwise. */
const spelling: unique symbol = Symbol('labmill.spelling');

type Spelled = Record<string, unknown> & { [spelling]?: Record<string, string> };

/** Parses JSON; `formatJson` writes the numbers that the result still holds as they were spelled (`1.0` stays `1.0`). */
export function parseJson(text: string): unknown {
  return JSON.parse(text, function (this: Spelled, key: string, value: unknown, context?: { source: string }) {
    if (typeof value === 'number' && context !== undefined && context.source !== formatNumber(value)) {
      if (this[spelling] === undefined) Object.defineProperty(this, spelling, { value: {} });
      this[spelling]![key] = context.source;
    }
    return value;
  });
}

/** Returns `value` as JSON text in Python's layout: keys sorted by code point, one space a level, nothing escaped needlessly. */
export function formatJson(value: unknown): string {
  return format(value, '\n');
}

function format(value: unknown, newline: string): string {
  if (typeof value === 'number') return formatNumber(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const inner = `${newline} `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[${inner}${value.map((_, index) => member(value, index, inner)).join(`,${inner}`)}${newline}]`;
  }
  const keys = Object.keys(value).filter((key) => (value as Spelled)[key] !== undefined);
  if (keys.length === 0) return '{}';
  const members = keys.sort(byCodePoint).map((key) => `${JSON.stringify(key)}: ${member(value, key, inner)}`);
  return `{${inner}${members.join(`,${inner}`)}${newline}}`;
}

function member(holder: object, key: string | number, newline: string): string {
  const { [key]: value, [spelling]: spelled } = holder as Spelled;
  const source = spelled?.[key];
  return source !== undefined && Number(source) === value ? source : format(value, newline);
}

/** Python writes small fractions as `1e-05` where JavaScript writes `0.00001` and `1e-7`. */
function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  if (value === 0 || Math.abs(value) >= 1e-4) return String(value);
  return value.toExponential().replace(/e-(\d)$/, 'e-0$1');
}

/** UTF-16 order, JavaScript's own, differs from code point order for characters outside the basic plane. */
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
