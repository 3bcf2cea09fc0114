import { escapeMarkup } from '../../base/escape-markup.ts';
import type { InputField } from '../input-field.ts';
import { memberPath } from '../read-input.ts';
import type { ServedModel } from '../served-model.ts';

/** Returns the page with a form for one row: a labelled field for each column of the model. */
export function pageHtml({ name, version, task, fields, classes }: ServedModel): string {
  const what = task === 'classification' ? `Predicts one of ${classes.length} classes` : 'Predicts a number';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(name)}</title>
<link rel="icon" href="page.svg">
<link rel="stylesheet" href="page.css">
<script src="page.js" defer></script>
</head>
<body>
<main>
<header>
<h1>${escapeMarkup(name)}</h1>
<p class="soft">${what} from ${fields.length === 1 ? 'one value' : `${fields.length} values`}. Version ${escapeMarkup(version)}.</p>
</header>
<form novalidate>
<div class="fields">
${fields.map(fieldHtml).join('\n')}
</div>
<button type="submit">Predict</button>
<p class="error" id="failure" role="alert"></p>
</form>
<section class="answer" aria-label="Answer">
<p id="result" aria-live="polite"></p>
<ul id="probabilities"></ul>
</section>
<section>
<h2>The same from a terminal</h2>
<pre tabindex="0"><code id="curl"></code></pre>
</section>
<noscript><p class="error">This form needs JavaScript; the API does not.</p></noscript>
<footer><a href="docs">API</a><a href="openapi.json">OpenAPI</a><a href="metrics">Metrics</a></footer>
</main>
</body>
</html>
`;
}

/** `petal width (cm)` is a width in cm. */
function labelAndUnit(name: string): readonly [label: string, unit: string] {
  const [, label, unit] = /^(.+?)\s*[([]([^()[\]]{1,12})[)\]]$/.exec(name) ?? [];
  return label === undefined ? [name, ''] : [label, unit!];
}

function fieldHtml(field: InputField, index: number): string {
  const [label, unit] = labelAndUnit(field.name);
  const id = `field-${index}`;
  const hints = [unit, field.isOptional ? 'may be empty' : ''].filter((hint) => hint !== '').join(', ');
  const attributes = [
    `id="${id}"`,
    `name="${escapeMarkup(field.name)}"`,
    `data-type="${field.type}"`,
    `data-path="${escapeMarkup(memberPath('', field.name))}"`,
    `aria-describedby="${id}-error"`,
    'autocomplete="off"',
  ].join(' ');
  return `<div class="field">
<label for="${id}">${escapeMarkup(label)}${hints === '' ? '' : ` <span class="soft">${escapeMarkup(hints)}</span>`}</label>
${controlHtml(field, attributes, id)}
<p class="error" id="${id}-error"></p>
</div>`;
}

function controlHtml(
  { type, categories, isClosed, isOptional, example }: InputField,
  attributes: string,
  id: string,
): string {
  const options = (categories ?? []).map((category) => optionHtml(String(category)));
  if (isClosed) return `<select ${attributes}>${isOptional ? optionHtml('') : ''}${options.join('')}</select>`;
  const value = isOptional ? '' : ` value="${escapeMarkup(String(example))}"`;
  if (type === 'number') return `<input ${attributes} type="number" step="any" inputmode="decimal"${value}>`;
  const list = `<datalist id="${id}-known">${options.join('')}</datalist>`;
  return `<input ${attributes} type="text" list="${id}-known"${value}>${list}`;
}

function optionHtml(text: string): string {
  return `<option value="${escapeMarkup(text)}">${escapeMarkup(text)}</option>`;
}
