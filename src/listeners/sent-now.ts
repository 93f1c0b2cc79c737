import type { Letter } from '../domain/letters';
import { sendLetter } from '../services/send-letters';
import type { ListenerDeps } from './deps';

/** Sends a letter that someone waits for; if Slack refuses it now, the letters job sends it later. */
export async function sentNow(deps: ListenerDeps, letter: Letter | null): Promise<void> {
  if (letter) await sendLetter(deps, deps.sendLetter, letter);
}
