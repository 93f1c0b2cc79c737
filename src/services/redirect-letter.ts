import { type Person, sightOf } from '../domain/access';
import type { Actor } from '../domain/actor';
import type { Area } from '../domain/directory';
import { casesIn, type LetterContent } from '../domain/letters';
import { mayTakeCallers } from '../domain/transfer';
import type { ServiceDeps } from './deps';
import type { Redirected } from './failed-messages';
import { resolvePerson } from './import-people-and-channels';
import { areaOf, personOf } from './standing';

/** Why no one else may have this letter, as a sentence, or null. */
export function whyNowhereElse({ type }: LetterContent): string | null {
  if (type === 'cover' || type === 'cover_shortened' || type === 'calendar')
    return 'A cover is between the two people it names. Tell them another way, or name someone else with `/warmline cover`.';
  if (type === 'heard' || type === 'new_card')
    return 'It answers what someone wrote in Slack, and is for no one else. Tell them another way, or dismiss it.';
  return null;
}

/**
 * Sends a failed letter to another person, who is told whose it was. Refuses a person who may not know its content
 * (domain section 10), and content that no one can judge anymore. Rejects if the store or Slack is unreachable.
 */
export async function redirectLetter(
  deps: ServiceDeps,
  id: string,
  { person, by }: { readonly person: string; readonly by: Actor },
): Promise<Redirected> {
  const fault = (message: string): Redirected => ({ ok: false, faults: [{ field: 'person', message }] });
  const letter = await deps.letters.givenUp(id);
  if (!letter) return { ok: false, reason: DEALT_WITH };
  const bound = whyNowhereElse(letter.content);
  if (bound) return { ok: false, reason: bound };
  if (!person) return fault('Choose a person.');
  const found = await resolvePerson(deps.slack, person);
  if (!found.ok) return fault(found.reason);
  const refused = await whyNot(deps, letter.content, await personOf(deps, found.id));
  if (refused) return fault(refused);
  const passedOn = { from: letter.passedOn?.from ?? letter.to, by };
  const isSent = await deps.letters.redirect(id, { to: found.id, passedOn, at: deps.now() });
  return isSent ? { ok: true } : { ok: false, reason: DEALT_WITH };
}

export const DEALT_WITH = 'This message was already handled.';
const FOR_ADMINS = 'This is for the Admin team: choose an admin.';
const IN_SIGHT = 'It names a case that they may not know about, or that is about them: choose someone else.';
const UNJUDGED =
  'It names a case that is no longer in the records, so no one can tell who may know about it: dismiss it.';

/** Why a person may not have this content, as a sentence, or null. */
async function whyNot(deps: ServiceDeps, content: LetterContent, person: Person): Promise<string | null> {
  switch (content.type) {
    case 'reminder':
    case 'cover':
    case 'cover_shortened':
    case 'calendar':
    case 'heard':
    case 'new_card':
    case 'kept_late':
      return null;
    case 'caller':
      return mayTakeCallers(person) ? null : 'Only a Resolution Specialist can take a caller: choose one.';
    case 'sp_hold_lifting':
    case 'anchor':
    case 'undelivered':
      return person.isAdmin ? null : FOR_ADMINS;
    case 'stored_late':
    case 'filed':
      return unseen(deps, content, person);
    case 'alarms':
    case 'admin_digest':
      return person.isAdmin ? unseen(deps, content, person) : FOR_ADMINS;
    case 'area_digests':
      for (const { area } of content.areas)
        if (!answersFor(person, await areaOf(deps, area)))
          return `It is about ${area}: choose its Area Manager, its deputy, the person who covers for them, or an admin.`;
      return unseen(deps, content, person);
    case 'weekly_report':
      if (person.roles.includes('leadership') || answersFor(person, await areaOf(deps, content.area))) return null;
      return `These are the figures of ${content.area ?? 'all areas'}: choose someone in leadership${content.area ? ', its Area Manager or deputy,' : ''} or an admin.`;
  }
}

const answersFor = ({ id, isAdmin, standsFor }: Person, area: Area | null): boolean =>
  isAdmin || [id, ...standsFor].some((one) => one === area?.areaManager || one === area?.deputy);

/** Whether it names a case that this person may not even know of. */
async function unseen(deps: ServiceDeps, content: LetterContent, person: Person): Promise<string | null> {
  const cases = await Promise.all(casesIn(content).map((ref) => deps.cases.byRef(ref)));
  for (const facts of cases) {
    if (!facts) return UNJUDGED;
    if (!sightOf(facts, person, await areaOf(deps, facts.area))) return IN_SIGHT;
  }
  return null;
}
