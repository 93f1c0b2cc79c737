import { DateTime } from 'luxon';
import type { Actor } from '../../domain/actor';
import type { CaseFacts } from '../../domain/case';
import { stateWord } from '../../domain/case-words';
import type { SealedEvent } from '../../domain/event';
import { formOf } from '../../domain/forms';
import { type SummaryLine, summarize } from '../../domain/forms/engine';
import type { Catalogue } from '../../domain/forms/form';
import { KINDS } from '../../domain/kinds';
import { outcomeLabel } from '../../domain/outcomes';
import type { Piece } from '../../domain/pieces';
import { timelineOf } from '../../domain/timeline';

interface RecordPage {
  readonly facts: CaseFacts;
  readonly events: readonly SealedEvent[];
  readonly catalogue: Catalogue;
  readonly names: ReadonlyMap<Actor, string>;
  /** The zone of its area. */
  readonly timeZone: string;
  readonly madeAt: Date;
  readonly madeBy: Actor;
}

const WHEN = "LLL d, yyyy 'at' h:mm:ss a ZZZZ";
const STYLE = `body{font:15px/1.5 system-ui,sans-serif;color:#1d1c1d;max-width:50rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem;border-bottom:1px solid #ddd}th{text-align:left;vertical-align:top;padding:.2rem 1rem .2rem 0;white-space:nowrap;font-weight:600}
td{vertical-align:top;padding:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}blockquote{margin:.2rem 0;padding-left:.8rem;border-left:3px solid #ccc;white-space:pre-wrap}
ol{padding-left:2.2rem}li{margin:.4rem 0}small,code{color:#616061;overflow-wrap:anywhere}@media print{body{margin:0;max-width:none}li,tr{break-inside:avoid}}`;

/** The record of a case as a page to read and print; people's text shows as typed. */
export function recordPage({ facts, events, catalogue, names, timeZone, madeAt, madeBy }: RecordPage): string {
  const when = (at: Date) => DateTime.fromJSDate(at, { zone: timeZone }).setLocale('en-US').toFormat(WHEN);
  const name = (id: Actor | null) => (id ? (names.get(id) ?? id) : '');
  const { ref, kind, severity, resolution } = facts;
  const rows: [string, string][] = [
    ['Kind', KINDS[kind].label],
    ['SP', [facts.sp.account, facts.sp.name].filter(Boolean).join(' · ')],
    ['SJ', facts.sj],
    ['State', stateWord(facts.state)],
    ['Severity', severity],
    ['Area', facts.area ?? ''],
    ['Owner', name(facts.owner)],
    ['Filed', `${when(facts.filedAt)} by ${name(facts.reporter)}`],
    ...(resolution
      ? [
          ['Outcome', `${outcomeLabel(resolution.outcome)}, ${when(resolution.at)} by ${name(resolution.by)}`] as [
            string,
            string,
          ],
        ]
      : []),
  ];
  const worded = ({ kind: of, value }: SummaryLine) => {
    if (of === 'person') return name(value);
    if (of === 'date_time') return when(new Date(value));
    return of === 'files' ? 'in the folder files' : value;
  };
  const answers = summarize(formOf(kind), facts.answers, catalogue).map((line): [string, string] => [
    line.label,
    worded(line),
  ]);
  const lines = timelineOf(facts, events, 'full').map(
    ({ at, line, quoted }) =>
      `<li><small>${text(when(at))}</small><br>${line.map((piece) => pieceHtml(piece, name, when)).join('')}${quoted ? `<blockquote>${text(quoted)}</blockquote>` : ''}</li>`,
  );
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${text(ref)}</title><style>${STYLE}</style></head><body>`,
    `<h1>${text(`${ref}: ${facts.title}`)}</h1>`,
    table(rows),
    '<h2>Answers</h2>',
    table(answers),
    '<h2>What happened</h2>',
    `<ol>${lines.join('')}</ol>`,
    `<p><small>Exported ${text(when(madeAt))} by ${text(name(madeBy))}. ${events.length} events; the hash of the newest is <code>${text(events.at(-1)?.hash ?? '')}</code>.</small></p>`,
    '</body></html>\n',
  ].join('\n');
}

const table = (rows: readonly (readonly [string, string])[]): string =>
  `<table>${rows.map(([label, value]) => `<tr><th>${text(label)}</th><td>${text(value)}</td></tr>`).join('')}</table>`;

function pieceHtml(piece: Piece, name: (id: Actor) => string, when: (at: Date) => string): string {
  if (typeof piece === 'string') return text(piece);
  if ('bold' in piece) return `<b>${text(piece.bold)}</b>`;
  return text('user' in piece ? name(piece.user) : when(piece.date));
}

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const text = (words: string): string => words.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? mark);
