import type { MimeBundle } from '../../thread-messages.ts';
import { isPlainObject, type PlainObject } from './plain-object.ts';

/** The specification that a chart names as its own: which of the two languages, and the version. */
const VEGA_SCHEMA = /^https?:\/\/vega\.github\.io\/schema\/(vega|vega-lite)\/v(\d+)(?:\.\d+)*\.json$/;

/**
 * Returns the MIME bundle of plain data that say of themselves to be a chart: a Vega or Vega-Lite specification (by its
 * `$schema`), or a Plotly figure (`{ data: [traces], layout }`); `undefined` for anything else.
 */
export function chartBundle(value: PlainObject): MimeBundle | undefined {
  const schema = typeof value['$schema'] === 'string' ? VEGA_SCHEMA.exec(value['$schema']) : null;
  // The MIME types: https://github.com/vega/vega-lite, "application/vnd.vegalite.v5+json"
  if (schema !== null) return { [`application/vnd.${schema[1]!.replace('-', '')}.v${schema[2]}+json`]: value };
  return isPlotly(value) ? { 'application/vnd.plotly.v1+json': value } : undefined;
}

function isPlotly({ data, layout }: PlainObject): boolean {
  if (!Array.isArray(data) || data.length === 0 || !isPlainObject(layout)) return false;
  return data.every((trace: unknown) => isPlainObject(trace) && typeof trace['type'] === 'string');
}
