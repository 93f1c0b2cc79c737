import { configEventWindow } from '../../../blocks/home/windows/config-event';
import { conflictNotice } from '../../../blocks/home/windows/notice';
import { changesSince } from '../../../services/configure';
import { reversalOf, revertChange } from '../../../services/revert-change';
import type { HomeWindow } from './window';

/** One change of the history, and the way to undo it. */
export const configEventHomeWindow: HomeWindow = {
  id: 'config_event',
  async open(deps, _person, about) {
    const event = await deps.configuration.event(about.key);
    if (!event) return { refused: 'This change is no longer in the history.' };
    const reversal = await reversalOf(deps, event);
    const memory = { ...about, version: reversal.ok ? reversal.version : null };
    return { view: configEventWindow(memory, event, reversal.ok ? null : reversal.reason) };
  },
  async submit(deps, { id: by }, memory) {
    const event = await deps.configuration.event(memory.key);
    if (!event) return { is: 'refused', reason: 'This change is no longer in the history.' };
    const outcome = await revertChange(deps, { event, by, expected: memory.version });
    if (outcome.ok) return { is: 'saved' };
    if (outcome.is === 'impossible') return { is: 'again', view: configEventWindow(memory, event, outcome.reason) };
    if (outcome.is === 'refused') {
      const reason = outcome.faults.map(({ message }) => message).join(' ');
      return { is: 'again', view: configEventWindow(memory, event, reason) };
    }
    const others = await changesSince(deps, event.what, event.key, memory.version);
    const next = { ...memory, version: outcome.version };
    return { is: 'again', view: configEventWindow(next, event, null, conflictNotice(others)) };
  },
};
