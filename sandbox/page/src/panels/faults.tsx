import { useId, useState } from 'react';
import type { FaultSettings } from '../../../client-protocol';
import { useWorkspace, useWorkspaceState } from '../store/context';
import { PanelFrame } from './panel';

type Counted = 'errorBefore' | 'errorAfter' | 'lostReply';
const COUNTED: [Counted, string, string][] = [
  ['errorBefore', 'Errors before doing', 'Slack answers 500 and has done nothing.'],
  ['errorAfter', 'Errors after doing', 'Slack does it, then answers 500: the app cannot know.'],
  ['lostReply', 'Lost replies', 'Slack does it, then cuts the connection without an answer.'],
];

function Switch(props: { label: string; note: string; on: boolean; change: (on: boolean) => void }) {
  const id = useId();
  return (
    <div className="fault">
      <div className="option">
        <input
          type="checkbox"
          id={id}
          checked={props.on}
          aria-describedby={`${id}-note`}
          onChange={(event) => props.change(event.target.checked)}
        />
        <label htmlFor={id}>{props.label}</label>
      </div>
      <p className="field-hint" id={`${id}-note`}>
        {props.note}
      </p>
    </div>
  );
}

function Count(props: { label: string; note: string; left: number; unit: string; arm: (count: number) => void }) {
  const id = useId();
  const [count, setCount] = useState(1);
  return (
    <div className="fault">
      <label className="field-label" htmlFor={id}>
        {props.label}
      </label>
      <div className="fault-row">
        <input
          className="input"
          id={id}
          type="number"
          min={0}
          max={10000}
          value={count}
          aria-describedby={`${id}-note`}
          onChange={(event) => setCount(Math.max(0, Number(event.target.value)))}
        />
        <span>{props.unit}</span>
        <button type="button" className="button button-default" onClick={() => props.arm(count)}>
          Set
        </button>
        {props.left > 0 && (
          <button type="button" className="button button-default" onClick={() => props.arm(0)}>
            Off
          </button>
        )}
      </div>
      <p className="field-hint" id={`${id}-note`}>
        {props.left > 0 && <strong className="fault-on">Now {props.left}. </strong>}
        {props.note}
      </p>
    </div>
  );
}

function DropSocket() {
  const store = useWorkspace();
  return (
    <div className="fault">
      <button
        type="button"
        className="button button-default"
        onClick={() =>
          store.attempt(async () => {
            await store.api.dropSocket();
            store.toast('info', "The app's connection to Slack was cut once.");
          })
        }
      >
        Drop the app's socket
      </button>
      <p className="field-hint">Cuts the connection once; the app should re-connect by itself.</p>
    </div>
  );
}

const ALL_OFF: Partial<FaultSettings> = {
  latencyMs: 0,
  rateLimit: { remaining: 0, retryAfterSec: 1 },
  errorBefore: { remaining: 0 },
  errorAfter: { remaining: 0 },
  lostReply: { remaining: 0 },
  slackDown: false,
  duplicateDeliveries: 0,
};

/** Switches that break things, so that anyone can see what the app does about it. */
export function FaultPanel() {
  const store = useWorkspace();
  const faults = useWorkspaceState((state) => state.faults);
  const abilities = useWorkspaceState((state) => state.boot?.abilities);
  if (!faults) return null;
  /** Shown as set at once; undone if refused. */
  const set = async (change: Partial<FaultSettings>) => {
    store.set({ faults: { ...faults, ...change } });
    const went = await store.attempt(async () => {
      const { faults: now } = await store.api.faults(change);
      store.set({ faults: now });
    });
    if (!went) store.set({ faults });
  };
  return (
    <PanelFrame title="Faults">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="panel-scroll" tabIndex={0} aria-label="Fault switches">
        <Switch
          label="Slack is down"
          note="Every Web API call fails and the app's sockets are refused."
          on={faults.slackDown}
          change={(slackDown) => set({ slackDown })}
        />
        {abilities?.databaseDown && (
          <Switch
            label="The database is down"
            note="The app cannot read or store anything until this is off."
            on={faults.databaseDown}
            change={(databaseDown) => set({ databaseDown })}
          />
        )}
        <DropSocket />
        <Count
          label="Rate limit"
          unit="calls"
          note="The next Web API calls are answered 429, Retry-After 3 s."
          left={faults.rateLimit.remaining}
          arm={(remaining) => set({ rateLimit: { remaining, retryAfterSec: 3 } })}
        />
        {COUNTED.map(([key, label, note]) => (
          <Count
            key={key}
            label={label}
            unit="calls"
            note={note}
            left={faults[key].remaining}
            arm={(remaining) => set({ [key]: { remaining } })}
          />
        ))}
        <Count
          label="Duplicate deliveries"
          unit="payloads"
          note="The next payloads reach the app twice."
          left={faults.duplicateDeliveries}
          arm={(duplicateDeliveries) => set({ duplicateDeliveries })}
        />
        <Count
          label="Slow answers"
          unit="ms"
          note="Added to every Web API answer."
          left={faults.latencyMs}
          arm={(latencyMs) => set({ latencyMs })}
        />
        <button
          type="button"
          className="button button-primary"
          onClick={() => set(abilities?.databaseDown ? { ...ALL_OFF, databaseDown: false } : ALL_OFF)}
        >
          Everything off
        </button>
      </section>
    </PanelFrame>
  );
}
