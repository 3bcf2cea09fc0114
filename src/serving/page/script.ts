/**
 * What the page with the form does, as text: it runs in a browser, from a file of its own, since the page's policy
 * allows no other script. It sends the row to `/predict`, and shows what comes back.
 */
export const pageScript: string = `'use strict';
const form = document.querySelector('form');
const controls = [...form.querySelectorAll('input, select')];
const byId = (id) => document.getElementById(id);
const address = new URL('predict', location.href).href;

function row() {
  const filled = controls.filter((control) => control.value !== '');
  return Object.fromEntries(
    filled.map((control) => [control.name, control.dataset.type === 'number' ? Number(control.value) : control.value]),
  );
}

function showCurl() {
  const body = JSON.stringify(row()).replaceAll("'", "'\\\\''");
  byId('curl').textContent = \`curl -s \${address} -H 'Content-Type: application/json' -d '\${body}'\`;
}

function showProblem(control, problem) {
  byId(control.id + '-error').textContent = problem;
  if (problem === '') control.removeAttribute('aria-invalid');
  else control.setAttribute('aria-invalid', 'true');
}

function showProblems(fields) {
  for (const { path, expected, got } of fields) {
    const control = controls.find((one) => one.dataset.path === path);
    const problem = 'Expected ' + expected + ', got ' + got;
    if (control === undefined) byId('failure').textContent = path + ': ' + problem;
    else showProblem(control, problem);
  }
  form.querySelector('[aria-invalid]')?.focus();
}

function showAnswer({ predictions: [prediction], probabilities: [shares] = [{}] }) {
  const shown = typeof prediction === 'number' ? Number(prediction.toPrecision(6)) : prediction;
  byId('result').textContent = 'Prediction: ' + shown;
  const items = Object.entries(shares)
    .sort(([, a], [, b]) => b - a)
    .map(([label, share]) => bar(label, share));
  byId('probabilities').replaceChildren(...items);
}

function bar(label, share) {
  const item = document.createElement('li');
  const [name, track, percent] = ['label', 'bar', 'share'].map((part) => {
    const span = document.createElement('span');
    span.className = part;
    return span;
  });
  name.textContent = label;
  percent.textContent = (share * 100).toFixed(1) + ' %';
  track.append(document.createElement('i'));
  track.firstChild.style.width = share * 100 + '%';
  item.append(name, track, percent);
  return item;
}

async function predict() {
  byId('result').textContent = '';
  byId('failure').textContent = '';
  byId('probabilities').replaceChildren();
  for (const control of controls) showProblem(control, control.validity.badInput ? 'Expected a number' : '');
  if (controls.some((control) => control.validity.badInput)) return form.querySelector('[aria-invalid]').focus();
  const body = JSON.stringify(row());
  const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const content = await answer.json();
  if (answer.ok) return showAnswer(content);
  showProblems(content.error.fields);
  if (content.error.fields.length === 0) byId('failure').textContent = content.error.message;
}

form.addEventListener('input', showCurl);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  predict().catch(() => {
    byId('failure').textContent = 'The server does not answer. Is it still running?';
  });
});
showCurl();
`;
