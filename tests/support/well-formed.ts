/** Returns what keeps `xml` from being well-formed, or `''`. Knows elements, attributes in double quotes and text. */
export function xmlProblem(xml: string): string {
  const open: string[] = [];
  const token = /<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>|([^<>]+)/gy;
  let end = 0;
  for (let match = token.exec(xml); match !== null; match = token.exec(xml)) {
    const [whole, closes, name = '', , closed] = match;
    end = token.lastIndex;
    if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(whole)) return `bare & in ${whole}`;
    // eslint-disable-next-line no-control-regex -- XML 1.0 forbids them
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(whole)) return `control character in ${whole}`;
    if (closes === '/' && open.pop() !== name) return `</${name}> closes another element`;
    if (name !== '' && closes === '' && closed === '') open.push(name);
  }
  if (end !== xml.length) return `cannot read ${xml.slice(end, end + 40)}`;
  return open.length === 0 ? '' : `<${open.at(-1)}> is not closed`;
}
