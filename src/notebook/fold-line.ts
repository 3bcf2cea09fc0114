/**
 * Returns what a terminal would show of one line: `\r` goes back to its start and what follows overwrites, `\b` takes
 * one character back. A `\r` at the end is kept: what it overwrites is not known yet.
 */
export function foldLine(line: string): string {
  const typed = line.includes('\b') ? eraseBackwards(line) : line;
  const shown = typed.replace(/\r+$/, '');
  const pending = shown.length < typed.length ? '\r' : '';
  return shown.split(/\r+/).reduce(overwrite) + pending;
}

function overwrite(line: string, over: string): string {
  // "Erase in line", as progress bars send it after going back: nothing of the old line is left.
  const erase = /\x1b\[[02]?K/;
  if (erase.test(over)) return over.replace(erase, '');
  return over.length >= line.length ? over : over + line.slice(over.length);
}

function eraseBackwards(line: string): string {
  const kept: string[] = [];
  for (const character of line) {
    if (character !== '\b') kept.push(character);
    else if (kept.at(-1) !== '\r') kept.pop();
  }
  return kept.join('');
}
