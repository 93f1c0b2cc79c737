import { useMemo, useState } from 'react';
import { Virtuoso } from 'react-virtuoso';
import type { Json, TrafficEntry } from '../../../client-protocol';
import { useUsers, useWorkspace, useWorkspaceState, useZone } from '../store/context';
import { timeOfDay } from '../text/dates';
import { PanelFrame } from './panel';

const KINDS: { [kind in TrafficEntry['kind']]: string } = {
  api: 'Web API call',
  command: 'Command',
  interactive: 'Interaction',
  event: 'Event',
  ack: 'Ack',
  response_url: 'response_url',
  socket: 'Socket',
  fault: 'Fault',
};
const isKind = (kind: string): kind is TrafficEntry['kind'] => kind in KINDS;

function Body({ title, body }: { title: string; body: Json }) {
  if (body === null) return null;
  return (
    <>
      <h3>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <pre className="traffic-json" tabIndex={0}>
        {JSON.stringify(body, null, 2)}
      </pre>
    </>
  );
}

function Line({ entry, open, toggle }: { entry: TrafficEntry; open: boolean; toggle: () => void }) {
  const zone = useZone();
  const name = useUsers().find((each) => each.id === entry.user)?.realName;
  const mark = entry.status === 0 ? '…' : entry.ok ? '✓' : '✗';
  return (
    <div className={entry.ok || entry.status === 0 ? 'traffic-line' : 'traffic-line traffic-bad'}>
      <button type="button" className="traffic-head" aria-expanded={open} onClick={toggle}>
        <span className={`traffic-kind traffic-${entry.kind}`}>
          {entry.kind === 'api' ? 'app → Slack' : KINDS[entry.kind]}
        </span>
        <span className="traffic-name">{entry.name}</span>
        <span className="traffic-meta">
          {mark} {entry.status || ''} {entry.summary}
          {entry.durationMs === null ? '' : ` · ${Math.round(entry.durationMs)} ms`}
          {name ? ` · ${name}` : ''} · {timeOfDay(entry.at, zone)}
        </span>
      </button>
      {open && (
        <div className="traffic-body">
          <Body title="Request" body={entry.request} />
          <Body title="Response" body={entry.response} />
        </div>
      )}
    </div>
  );
}

/** Every request between Slack and the app, newest first. */
export function TrafficPanel() {
  const store = useWorkspace();
  const traffic = useWorkspaceState((state) => state.traffic);
  const [kind, setKind] = useState<TrafficEntry['kind'] | ''>('');
  const [wanted, setWanted] = useState('');
  const [onlyBad, setOnlyBad] = useState(false);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const shown = useMemo(() => {
    const needle = wanted.toLowerCase();
    const fits = (entry: TrafficEntry) =>
      (!kind || entry.kind === kind) &&
      (!onlyBad || (!entry.ok && entry.status !== 0)) &&
      (!needle || JSON.stringify(entry).toLowerCase().includes(needle));
    return traffic.filter(fits).reverse();
  }, [traffic, kind, wanted, onlyBad]);
  const toggle = (id: number) =>
    setOpened((now) => (now.has(id) ? new Set([...now].filter((each) => each !== id)) : new Set([...now, id])));
  return (
    <PanelFrame title="Traffic">
      <div className="panel-filters">
        <select
          className="input select"
          aria-label="Kind of traffic"
          value={kind}
          onChange={(event) => setKind(isKind(event.target.value) ? event.target.value : '')}
        >
          <option value="">All kinds</option>
          {Object.entries(KINDS).map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <input
          className="input"
          type="search"
          aria-label="Search traffic"
          placeholder="Search names and bodies"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <label className="panel-check">
          <input type="checkbox" checked={onlyBad} onChange={(event) => setOnlyBad(event.target.checked)} /> Errors only
        </label>
        <button type="button" className="link-button" onClick={() => store.set({ traffic: [] })}>
          Clear
        </button>
      </div>
      {shown.length === 0 ? (
        <div className="empty">Nothing yet. Run a command or press a button and it appears here.</div>
      ) : (
        <Virtuoso
          className="traffic-list"
          data={shown}
          computeItemKey={(_, entry) => entry.id}
          itemContent={(_, entry) => <Line entry={entry} open={opened.has(entry.id)} toggle={() => toggle(entry.id)} />}
        />
      )}
    </PanelFrame>
  );
}
