/** Returns the MIME bundle that a value shows itself with in a notebook. */
export function displayed(value: object): Record<string, unknown> {
  const show = (value as Record<symbol, () => Record<string, unknown>>)[Symbol.for('Jupyter.display')];
  if (show === undefined) throw new Error('the value has no Jupyter.display method');
  return show.call(value);
}
