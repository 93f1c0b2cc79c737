import { lookAlikeFault, shown } from '../domain/clean-text';
import { isChannel, isGroup, isPerson, type Resolved } from '../domain/targets';
import type { SlackLookup } from '../domain/workspace';

const refuse = (reason: string): Resolved => ({ ok: false, reason });
/** Why something that looks right is not found. */
const withLookAlike = (given: string) => {
  const alike = lookAlikeFault(given);
  return alike && `${shown(given)} ${alike}`;
};

/** The id of a channel given as #name or id, if Warmline can post there; `secret` channels must also be private. */
export async function resolveChannel(slack: SlackLookup, given: string, secret = false): Promise<Resolved> {
  const byId = isChannel(given);
  if (!byId && !/^#[^\s#]+$/.test(given))
    return refuse(`${shown(given)} is not a channel: give #name or the channel's id`);
  const channel = byId ? await slack.channelById(given) : await slack.channelByName(given.slice(1).toLowerCase());
  if (!channel)
    return refuse(
      withLookAlike(given) ??
        `Warmline sees no channel ${shown(given)}: check the name, and invite the app if the channel is private`,
    );
  const called = `#${channel.name}`;
  if (channel.isArchived) return refuse(`${called} is archived: unarchive it or give another channel`);
  if (!channel.isMember) return refuse(`Warmline is not in ${called}: type /invite @Warmline there, then try again`);
  if (secret && !channel.isPrivate)
    return refuse(`${called} is public and this needs a private channel: anyone could read it`);
  if (secret && channel.sharedWith)
    return refuse(
      `${called} is shared with ${await companiesOf(slack, channel.sharedWith)}, who would read need-to-know reports there: end the sharing or give another channel`,
    );
  return { ok: true, id: channel.id };
}

/** The companies that a channel is shared with, in words. */
export async function companiesOf(slack: SlackLookup, teams: readonly string[]): Promise<string> {
  const names = await slack.companies(teams);
  return names.length ? `another company (${names.join('; ')})` : 'another company';
}

/** The Slack id of a person given as Slack id or email address. */
export async function resolvePerson(slack: SlackLookup, given: string): Promise<Resolved> {
  const byId = isPerson(given);
  if (!byId && !/^[^\s@]+@[^\s@]+$/.test(given))
    return refuse(`${shown(given)} is not a person: give a Slack user id or an email address`);
  const user = byId ? await slack.userById(given) : await slack.userByEmail(given.toLowerCase());
  if (!user)
    return refuse(withLookAlike(given) ?? `no one in Slack is ${shown(given)}: check it against the person's profile`);
  if (user.isApp) return refuse(`${shown(given)} is an app: give a person`);
  if (!user.isActive) return refuse(`${shown(given)} is deactivated in Slack: give someone who works here`);
  if (user.company)
    return refuse(`${shown(given)} belongs to another company (${user.company}): give someone who works here`);
  return { ok: true, id: user.id };
}

/** Someone who gets a role: a person, or a user group, whose members count at the time. */
export async function resolveMember(slack: SlackLookup, given: string): Promise<Resolved> {
  const group = /^group:(.*)$/.exec(given)?.[1];
  if (group === undefined) return resolvePerson(slack, given);
  if (!isGroup(group))
    return refuse(`${shown(given)} is not a user group: give group: and its id, such as group:S0123ABCD`);
  return (await slack.groups()).some(({ id }) => id === group)
    ? { ok: true, id: given }
    : refuse(`Slack has no user group ${shown(group)}: copy its id from the group's page`);
}
