/** The page's own script: sends forms as JSON and, while asked to, brings in what is new without closing what is open. */
export const script = `
const renew = async () => {
  const text = await (await fetch(location.href)).text();
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    if (part.contains(document.activeElement) && document.activeElement.matches('input, select')) continue;
    const open = [...part.querySelectorAll('details[open]')].map((each) => each.id);
    part.innerHTML = fresh.getElementById(part.id).innerHTML;
    for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  }
};
const live = document.getElementById('live');
live.checked = localStorage.getItem('live') !== 'off';
live.addEventListener('change', () => localStorage.setItem('live', live.checked ? 'on' : 'off'));
setInterval(() => { if (live.checked && !document.hidden) renew().catch(() => undefined); }, 2000);

const valueOf = (input) => (input.type === 'number' || /Ms$/.test(input.name) ? Number(input.value) : input.value);
const bodyOf = (form) => {
  const body = {};
  for (const input of form.querySelectorAll('[name]')) {
    if (input.value === '') continue;
    const path = input.name.split('.');
    let part = body;
    for (const name of path.slice(0, -1)) part = part[name] ??= {};
    part[path.at(-1)] = valueOf(input);
  }
  return JSON.stringify(body);
};
document.addEventListener('submit', async (event) => {
  const form = event.target;
  const { action, method, confirm: question } = form.dataset;
  if (!action) return;
  event.preventDefault();
  if (question && !confirm(question)) return;
  const said = form.querySelector('output');
  try {
    const answer = await fetch(action, { method, ...(method === 'POST' && { body: bodyOf(form) }) });
    const { error } = await answer.json();
    said.textContent = error ?? 'done';
    said.className = error ? 'bad' : 'good';
    if (!error) await renew();
  } catch {
    said.textContent = 'the simulator does not answer';
    said.className = 'bad';
  }
});
`;
