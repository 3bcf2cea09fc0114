import { type Html, html } from './html.ts';

const tones: Readonly<Record<string, string>> = {
  passed: 'good',
  failed: 'bad',
  'timed-out': 'bad',
  interrupted: 'bad',
  'expected-error': 'odd',
};

/** Returns a status as a small label, in the colour of what it means. */
export function pill(status: string): Html {
  return html`<span class="pill ${tones[status] ?? 'mute'}">${status.replace('-', ' ')}</span>`;
}
