import { useEffect, useId, useState } from 'react';
import { restartTour } from '../panels/tour-progress';
import { Avatar } from '../parts/avatar';
import { Icon } from '../parts/icon';
import { Menu } from '../parts/menu';
import { useMe, useUsers, useWorkspace, useWorkspaceState, useZone } from '../store/context';
import { nowOf } from '../store/state';
import { clockText } from '../text/dates';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The person one acts as; every entry says what they do. */
function UserSwitcher() {
  const store = useWorkspace();
  const me = useMe();
  const people = useUsers().filter((each) => !each.isBot && !each.deleted);
  const id = useId();
  return (
    <div className="switcher" data-tour="switcher">
      <Avatar user={me} size={28} />
      <label className="visually-hidden" htmlFor={id}>
        Acting as
      </label>
      <select id={id} value={me?.id ?? ''} onChange={(event) => store.switchUser(event.target.value)}>
        {people.map((person) => (
          <option key={person.id} value={person.id}>
            {person.realName || person.name}
            {person.role ? ` — ${person.role}` : ''}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The workspace's now, and the buttons that move it for Slack and the app together. */
function DemoClock() {
  const store = useWorkspace();
  const clock = useWorkspaceState((state) => state.clock);
  const zone = useZone();
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => tick((count) => count + 1), 5000);
    return () => window.clearInterval(timer);
  }, []);
  const moves: [string, string, () => void][] = [
    ['+15 min', 'Move the clock 15 minutes on', () => store.moveClock({ advanceMs: 15 * MINUTE })],
    ['+1 h', 'Move the clock 1 hour on', () => store.moveClock({ advanceMs: HOUR })],
    ['+24 h', 'Move the clock 24 hours on', () => store.moveClock({ advanceMs: 24 * HOUR })],
    [
      'Next 9:00',
      'Move the clock to 9:00 on the next business day',
      () => store.moveClock({ to: 'next_business_day_9' }),
    ],
  ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a toolbar part, not a form
    <div className="clock" role="group" aria-label="Demo clock" data-tour="clock">
      <span className="clock-now" title={`${zone}${clock.offsetMs ? ', moved ahead of real time' : ''}`}>
        <Icon name="clock" size={15} />
        {clockText(nowOf({ clock }), zone)}
      </span>
      {moves.map(([label, name, run]) => (
        <button type="button" key={label} className="top-button" title={name} onClick={run}>
          {label}
        </button>
      ))}
    </div>
  );
}

/** The bar at the top: the person, the clock, and the tools of the demo. */
export function TopBar() {
  const store = useWorkspace();
  const boot = useWorkspaceState((state) => state.boot);
  const { drawer, panel, theme, status } = useWorkspaceState((state) => state);
  const appConnected = useWorkspaceState((state) => state.appConnected);
  const tool = (name: 'traffic' | 'faults' | 'mail', label: string) => (
    <button
      type="button"
      className={panel === name ? 'top-button top-on' : 'top-button'}
      aria-pressed={panel === name}
      onClick={() => store.setPanel(panel === name ? null : name)}
    >
      {label}
    </button>
  );
  return (
    <header className="topbar">
      <button
        type="button"
        className="top-button top-drawer"
        aria-label="Channels"
        aria-expanded={drawer}
        onClick={() => store.set({ drawer: !drawer })}
      >
        <Icon name="menu" />
      </button>
      <UserSwitcher />
      {boot?.abilities.clock && <DemoClock />}
      <span className="top-space" />
      <span role="status" className="top-status">
        {status === 'reconnecting' ? 'Reconnecting…' : appConnected ? '' : `${boot?.app.name ?? 'The app'} is offline`}
      </span>
      <div className="top-tools">
        {tool('traffic', 'Traffic')}
        {tool('faults', 'Faults')}
        {boot?.abilities.mail && tool('mail', 'Mail')}
        {boot?.abilities.tour && (
          <button type="button" className="top-button" onClick={restartTour}>
            Tour
          </button>
        )}
        <button
          type="button"
          className="top-button"
          aria-label={theme === 'dark' ? 'Use light colors' : 'Use dark colors'}
          title={theme === 'dark' ? 'Use light colors' : 'Use dark colors'}
          onClick={() => store.setTheme(theme === 'dark' ? 'light' : 'dark')}
        >
          <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
        </button>
      </div>
      <div className="top-more">
        <Menu
          label="Tools"
          trigger={<Icon name="dots" />}
          className="top-button"
          items={[
            { key: 'traffic', label: 'Traffic', run: () => store.setPanel('traffic') },
            { key: 'faults', label: 'Faults', run: () => store.setPanel('faults') },
            ...(boot?.abilities.mail ? [{ key: 'mail', label: 'Mail', run: () => store.setPanel('mail') }] : []),
            ...(boot?.abilities.tour ? [{ key: 'tour', label: 'Guided tour', run: restartTour }] : []),
            { key: 'theme', label: 'Light or dark', run: () => store.setTheme(theme === 'dark' ? 'light' : 'dark') },
          ]}
        />
      </div>
    </header>
  );
}
