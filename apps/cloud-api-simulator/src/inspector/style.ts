export const style = `
:root { color-scheme: light dark; --line: #d9dee3; --soft: #f4f6f8; --text: #1c2733; --dim: #66727f; --good: #12805c; --bad: #b3261e; --wait: #8a5a00; --page: #fff; }
@media (prefers-color-scheme: dark) { :root { --line: #333c45; --soft: #1d242b; --text: #e3e8ed; --dim: #94a0ac; --good: #4cc39a; --bad: #ff8a80; --wait: #e0b25c; --page: #14191e; } }
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; color: var(--text); background: var(--page); }
header { padding: 20px 28px 14px; border-bottom: 1px solid var(--line); background: var(--soft); }
h1 { margin: 0 0 2px; font-size: 20px; } h2 { margin: 30px 0 8px; font-size: 15px; }
header p { margin: 0; color: var(--dim); }
nav { margin-top: 10px; } nav a { margin-right: 16px; } a { color: inherit; }
main { padding: 0 28px 48px; max-width: 1500px; }
.figures { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 20px; }
.figure { border: 1px solid var(--line); border-radius: 8px; padding: 8px 16px; min-width: 120px; }
.figure b { display: block; font-size: 20px; font-variant-numeric: tabular-nums; } .figure span { color: var(--dim); font-size: 12px; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 6px 12px; vertical-align: top; white-space: nowrap; }
td:last-child { white-space: normal; min-width: 180px; }
th { font-size: 12px; font-weight: 600; color: var(--dim); background: var(--soft); }
tbody tr + tr td, thead + tbody tr:first-child td { border-top: 1px solid var(--line); }
td form { white-space: nowrap; }
code { font: 12px/1.5 ui-monospace, 'SF Mono', Menlo, monospace; } .long { display: inline-block; max-width: 260px; overflow: hidden; text-overflow: ellipsis; vertical-align: bottom; }
.good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); } .dim, .empty { color: var(--dim); }
nav label { color: var(--dim); }
section.do { border: 1px solid var(--line); border-radius: 8px; padding: 4px 16px 12px; margin-top: 16px; } section.do h2 { margin-top: 8px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 16px; margin: 8px 0; align-items: baseline; } dt { color: var(--dim); } dd { margin: 0; }
form { display: inline-block; } dd form { margin-right: 8px; } form.search { display: block; margin-top: 24px; }
input, select, button { font: inherit; font-size: 13px; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 6px; padding: 2px 8px; } input[type=number] { width: 9em; }
button { background: var(--soft); cursor: pointer; margin-left: 4px; } output { margin-left: 6px; }
details summary { cursor: pointer; } pre { margin: 6px 0; max-width: 760px; white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/1.5 ui-monospace, monospace; }
`;
