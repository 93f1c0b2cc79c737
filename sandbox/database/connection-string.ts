const PARTS = /^(mongodb(?:\+srv)?:\/\/)([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;

/**
 * The same server, another database.
 * A name that the string gives is kept as `authSource` when it carries a user, because that is where the user lives.
 * @throws when `uri` is not a MongoDB connection string.
 */
export function withDatabase(uri: string, name: string): string {
  const { scheme, hosts, database, options } = parts(uri);
  if (hosts.includes('@') && !options.has('authSource')) options.set('authSource', database || 'admin');
  const query = options.toString();
  return `${scheme}${hosts}/${name}${query && `?${query}`}`;
}

/** The database that the connection string names, or '' when it names none. */
export const databaseOf = (uri: string): string => parts(uri).database;

/** The connection string as it may be shown: without user and password. */
export const withoutCredentials = (uri: string): string => uri.replace(/\/\/[^/?]*@/, '//');

function parts(uri: string) {
  const [, scheme, hosts, database = '', options = ''] = PARTS.exec(uri) ?? [];
  if (!scheme || !hosts) {
    throw new Error(
      `"${withoutCredentials(uri)}" is not a MongoDB connection string. Set MONGODB_URI to one like mongodb://host:27017/warmline, or unset it.`,
    );
  }
  return { scheme, hosts, database, options: new URLSearchParams(options) };
}
