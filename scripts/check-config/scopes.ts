import manifest from '../../manifests/socket.json';

/** The scopes in the manifests; a test checks that both have the same. */
export const SCOPES: readonly string[] = manifest.oauth_config.scopes.bot;

/** What does not work without a scope. */
export const WITHOUT: Readonly<Record<string, string>> = {
  'channels:history': 'replies in threads of public channels are not heard, and lost answers are not looked up',
  'channels:read': 'public channels are not found',
  'chat:write': 'nothing is posted',
  commands: 'there are no commands and shortcuts',
  'files:read': 'evidence is not shared',
  'files:write': 'evidence, exports and charts are not uploaded',
  'groups:history': 'replies in threads of private channels are not heard, and lost answers are not looked up',
  'groups:read': 'private channels are not found, and need-to-know channels not watched',
  'im:history': 'direct messages are not heard',
  'im:write': 'no one gets a direct message',
  'reactions:read': 'reactions under cards are not heard',
  'team:read': 'other companies are shown by their ids',
  'usergroups:read': 'user groups reach no one',
  'users:read': 'names, time zones and deactivated people are not known',
  'users:read.email': 'imports find no one by email, and no mail is sent to people',
};
